import { Stack, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { z } from 'zod';
import { checkLoop } from '../../../../src/api/endpoints/loops.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { KeyValues } from '../../parts/key-values.tsx';
import { useAnswer } from '../../requests/use-answer.ts';
import { Answered } from '../../states/answered.tsx';
import { LoopProblems } from './loop-problems.tsx';

/** What a text means. */
export type CheckedLoop = z.output<NonNullable<(typeof checkLoop)['answer']>>;

/** A text is checked once nobody has typed for so many milliseconds. */
const SETTLED_MS = 500;

interface Props {
  readonly label: string;
  readonly does: string;
  /** Why what the text means cannot be meant here; null where it can. */
  readonly refuse?: (loop: CheckedLoop) => string | null;
  readonly onConfirm: (text: string, loop: CheckedLoop) => Promise<unknown>;
}

/** A maskloop.yaml that is checked while it is typed, with what it means or everything that is wrong with it, line and column. */
export function LoopText({ label, does, refuse, onConfirm }: Props) {
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text, SETTLED_MS);
  const isGiven = settled.trim() !== '';
  const checked = useAnswer(checkLoop, { body: { text: settled } }, { enabled: isGiven });
  const loop = settled === text && isGiven && checked.error === null ? checked.data : undefined;
  const refused = loop === undefined ? null : (refuse?.(loop) ?? null);
  return (
    <Stack className="section-body" gap="md" align="stretch">
      <Textarea
        label="maskloop.yaml"
        description="Masks and images by their address in the store, as maskloop put prints it, or in folders that the server offers."
        autosize
        minRows={10}
        maxRows={30}
        spellCheck={false}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        classNames={{ input: 'code-input' }}
      />
      {isGiven && checked.error !== null ? <LoopProblems error={checked.error} /> : null}
      {isGiven && checked.error === null ? (
        <Answered query={checked} what="what that means">
          {({ means }) => <KeyValues rows={means} />}
        </Answered>
      ) : null}
      {refused === null ? null : <p role="alert">{refused}</p>}
      <div>
        <ConfirmButton
          label={label}
          does={does}
          isPrimary
          disabled={loop === undefined || refused !== null}
          onConfirm={async () => (loop === undefined ? undefined : onConfirm(text, loop))}
        />
      </div>
    </Stack>
  );
}
