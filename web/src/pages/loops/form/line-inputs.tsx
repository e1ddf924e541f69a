import { TextInput } from '@mantine/core';
import type { ControlProps } from './control-props.ts';
import { textOf } from './text-of.ts';
import { useDraft } from './use-draft.ts';

/** A text in one line. */
export function TextControl({ control: { example }, value, onChange, ...props }: ControlProps<'text'>) {
  return (
    <TextInput
      {...lineProps(props)}
      placeholder={textOf(props.usual) ?? exampleOf(example)}
      value={textOf(value) ?? ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? undefined : currentTarget.value)}
    />
  );
}

const readNumber = (value: unknown): string => (typeof value === 'number' ? String(value) : '');
const writeNumber = (draft: string): number | undefined =>
  draft.trim() === '' || !Number.isFinite(Number(draft)) ? undefined : Number(draft);

/** A number with its unit. */
export function NumberControl({ control: { unit }, value, onChange, ...props }: ControlProps<'number'>) {
  const [draft, setDraft] = useDraft(value, readNumber, writeNumber);
  const isNone = draft.trim() !== '' && writeNumber(draft) === undefined;
  return (
    <TextInput
      {...lineProps(props)}
      {...(isNone ? { error: 'This is no number.' } : {})}
      inputMode="decimal"
      placeholder={textOf(props.usual) ?? ''}
      rightSection={unit === undefined ? null : <span className="unit">{unit}</span>}
      rightSectionWidth={unit === undefined ? 0 : `${unit.length + 2}ch`}
      rightSectionPointerEvents="none"
      value={draft}
      onChange={({ currentTarget }) => {
        setDraft(currentTarget.value);
        onChange(writeNumber(currentTarget.value));
      }}
    />
  );
}

/** Names or numbers, with commas between them. */
export function NamesControl({ control: { example, isNumbers }, value, onChange, ...props }: ControlProps<'names'>) {
  const write = (draft: string): readonly (string | number)[] | undefined => {
    const parts = draft.split(',').map((part) => part.trim());
    const items = parts.filter((part) => part !== '' && (isNumbers !== true || Number.isFinite(Number(part))));
    return items.length === 0 ? undefined : isNumbers === true ? items.map(Number) : items;
  };
  const [draft, setDraft] = useDraft(value, (given) => (Array.isArray(given) ? given.join(', ') : ''), write);
  return (
    <TextInput
      {...lineProps(props)}
      placeholder={exampleOf(example)}
      value={draft}
      onChange={({ currentTarget }) => {
        setDraft(currentTarget.value);
        onChange(write(currentTarget.value));
      }}
    />
  );
}

type Line = Pick<ControlProps<'text'>, 'label' | 'help' | 'error' | 'isNeeded' | 'isDisabled'>;

/** What all inputs of one line have in common. */
function lineProps({ label, help, error, isNeeded, isDisabled }: Line) {
  return {
    label,
    description: help,
    error,
    withAsterisk: isNeeded,
    'aria-required': isNeeded,
    readOnly: isDisabled,
    variant: isDisabled ? 'filled' : 'default',
  };
}

function exampleOf(example: string | undefined): string {
  return example === undefined ? '' : `e.g. ${example}`;
}
