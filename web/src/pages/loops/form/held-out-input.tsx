import { NativeSelect, SimpleGrid } from '@mantine/core';
import { useState } from 'react';
import type { ControlProps } from './control-props.ts';
import { fieldSchema } from './field-schema.ts';
import { beginWay, HELD_OUT_WAYS, heldOutWay, type HeldOutKeys, type HeldOutWay } from './held-out-ways.ts';
import { NumberControl, TextControl } from './line-inputs.tsx';

const isWay = (text: string): text is HeldOutWay => Object.hasOwn(HELD_OUT_WAYS, text);

/** Keys of each way that are filled in, with their labels. */
const FILLED: Readonly<Record<HeldOutWay, readonly (readonly [key: keyof HeldOutKeys, label: string])[]>> = {
  share: [['heldOut', 'Share']],
  frames: [['heldOutFrames', 'Frames']],
  folder: [
    ['heldOutImages', 'Folder of images'],
    ['heldOutMasks', 'Folder of their masks'],
  ],
  task: [['heldOutTask', 'Task']],
  'ground-truth': [['heldOutTask', 'Task with the job, for all iterations']],
  file: [['heldOut', 'File']],
};

type Props = Pick<ControlProps<'held-out'>, 'label' | 'help'> & {
  readonly keys: HeldOutKeys;
  readonly problem: (key: keyof HeldOutKeys) => string | null;
  /** False where frames that people label first come too late. */
  readonly mayBegin: boolean;
  readonly onChange: (keys: HeldOutKeys) => void;
};

/** What models are measured on and never trained on: one way of several, and what it needs. */
export function HeldOutControl({ label, help, keys, problem, mayBegin, onChange }: Props) {
  const said = heldOutWay(keys) ?? 'share';
  const [chosen, choose] = useState(said);
  // A number that somebody types anew is nothing for a moment.
  const way = Object.values(keys).every((value) => value === undefined) ? chosen : said;
  const offered = Object.entries(HELD_OUT_WAYS).filter(([one]) => mayBegin || one !== 'frames' || way === 'frames');
  return (
    <div className="held-out">
      <NativeSelect
        label={label}
        description={mayBegin ? help : `${help} Frames that people label first have to come first: the loop has begun.`}
        data={offered.map(([one, words]) => ({ value: one, label: words }))}
        value={way}
        onChange={({ currentTarget }) => {
          if (!isWay(currentTarget.value)) return;
          choose(currentTarget.value);
          onChange(beginWay(currentTarget.value));
        }}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }} mt="xs">
        {FILLED[way].map(([key, title]) => (
          <Part
            key={`${way} ${key}`}
            name={key}
            label={title}
            isNumber={way === 'share' || way === 'frames'}
            value={keys[key]}
            error={problem(key)}
            onChange={(value) => {
              const isEmpty = value === undefined && way !== 'share' && way !== 'ground-truth';
              onChange({ ...keys, [key]: isEmpty && way !== 'frames' ? '' : value });
            }}
          />
        ))}
      </SimpleGrid>
    </div>
  );
}

interface PartProps extends Pick<ControlProps<'text'>, 'label' | 'value' | 'error' | 'onChange'> {
  readonly name: string;
  readonly isNumber: boolean;
}

function Part({ name, isNumber, ...given }: PartProps) {
  const path = `training.${name}`;
  // Of a share and a file it is told above.
  const help = name === 'heldOut' ? '' : fieldSchema(path.split('.')).help;
  const props = { ...given, path, help, isNeeded: false, isDisabled: false, usual: undefined };
  return isNumber ? (
    <NumberControl {...props} usual={name === 'heldOut' ? 0.2 : undefined} control={{ kind: 'number' }} />
  ) : (
    <TextControl {...props} control={{ kind: 'text' }} />
  );
}
