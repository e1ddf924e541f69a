import './loop-form.css';
import { Stack, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import type { z } from 'zod';
import { checkLoop } from '../../../../../src/api/endpoints/loops.ts';
import { ConfirmButton } from '../../../parts/confirm-button.tsx';
import { isRefusal } from '../../../requests/refusal.ts';
import { useAnswer } from '../../../requests/use-answer.ts';
import { Loading } from '../../../states/loading.tsx';
import { ProblemNote } from '../../../states/problem-note.tsx';
import { ModeSwitch, type EditorMode } from './editor-mode.tsx';
import { LoopForm } from './loop-form.tsx';
import { LoopProblems } from './loop-problems.tsx';
import { OpenPoints } from './open-points.tsx';
import { loopFileFacts, textProblems, type TextProblem } from './text-problems.ts';
import { WhatChanges } from './what-changes.tsx';
import { whyNotShown } from './why-not-shown.ts';
import { yamlValues } from './yaml-values.ts';

/** What a text means. */
export type CheckedLoop = z.output<NonNullable<(typeof checkLoop)['answer']>>;

/** A text is checked once nobody has typed for so many milliseconds. */
const SETTLED_MS = 500;

interface Props {
  readonly label: string;
  readonly does: string;
  /** What is there at first. */
  readonly begin: string;
  /** True where `begin` is what a loop does now. */
  readonly isEdit: boolean;
  /** True where it may be confirmed without a change; always for a new loop. */
  readonly mayStay?: boolean;
  readonly mode: EditorMode;
  readonly onMode: (mode: EditorMode) => void;
  /** Why what the text means cannot be meant here; null where it can. */
  readonly refuse?: (loop: CheckedLoop) => string | null;
  readonly onConfirm: (text: string, loop: CheckedLoop) => Promise<unknown>;
}

/** A maskloop.yaml as a form or as text, checked while it is written: by its schema here, and with all that it names by the server. */
export function LoopEditor({ label, does, begin, isEdit, mayStay = !isEdit, mode, onMode, refuse, onConfirm }: Props) {
  const [text, setText] = useState(begin);
  const [settled] = useDebouncedValue(text, SETTLED_MS);
  const read = useMemo(() => yamlValues(text), [text]);
  const why = useMemo(() => read.why ?? whyNotShown(read.values), [read]);
  const own = useMemo(() => textProblems(text), [text]);
  const isSettled = settled === text && own.length === 0;
  const checked = useAnswer(checkLoop, { body: { text: settled } }, { enabled: isSettled });
  const before = useAnswer(checkLoop, { body: { text: begin } }, { enabled: isEdit });
  const problems = own.length > 0 ? own : isSettled ? problemsOf(checked.error) : [];
  const loop = isSettled && checked.error === null ? checked.data : undefined;
  const refused = loop === undefined ? null : (refuse?.(loop) ?? null);
  return (
    <Stack className="section-body" gap="md" align="stretch">
      <ModeSwitch mode={mode} why={why} onChange={onMode} />
      {mode === 'form' && why === null && read.values !== null ? (
        <LoopForm text={text} values={read.values} problems={problems} isEdit={isEdit} onChange={setText} />
      ) : (
        <TextField text={text} onChange={setText} />
      )}
      {problems.length === 0 ? null : mode === 'form' && why === null ? (
        <OpenPoints problems={problems} />
      ) : (
        <LoopProblems problems={problems} />
      )}
      {isSettled && checked.error !== null && problems.length === 0 ? <ProblemNote error={checked.error} /> : null}
      {own.length > 0 || (isSettled && checked.error !== null) ? null : loop === undefined ? (
        <Loading what="what that means" />
      ) : (
        <Meaning loop={loop} before={isEdit ? (before.data?.means ?? null) : null} isEdit={isEdit} />
      )}
      {refused === null ? null : <p role="alert">{refused}</p>}
      <div>
        <ConfirmButton
          label={label}
          does={does}
          isPrimary
          disabled={loop === undefined || refused !== null || (!mayStay && text === begin)}
          onConfirm={async () => (loop === undefined ? undefined : onConfirm(text, loop))}
        />
      </div>
    </Stack>
  );
}

function TextField({ text, onChange }: { readonly text: string; readonly onChange: (text: string) => void }) {
  return (
    <Textarea
      label="maskloop.yaml"
      description="Masks and images by their address in the store, as maskloop put prints it, or in folders that the server offers."
      autosize
      minRows={10}
      maxRows={30}
      spellCheck={false}
      value={text}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      classNames={{ input: 'code-input' }}
    />
  );
}

interface MeaningProps {
  readonly loop: CheckedLoop;
  readonly before: CheckedLoop['means'] | null;
  readonly isEdit: boolean;
}

function Meaning({ loop, before, isEdit }: MeaningProps) {
  if (isEdit && before === null) return <Loading what="what the loop does now" />;
  return (
    <section className="form-meaning" aria-label={isEdit ? 'What changes' : 'What that means'}>
      <h3 className="form-title">{isEdit ? 'From the next iteration on' : 'What that means'}</h3>
      <WhatChanges before={before} means={loop.means} />
    </section>
  );
}

/** What the server says of the text, line by line; nothing where it says something else. */
function problemsOf(error: unknown): readonly TextProblem[] {
  if (!isRefusal(error, 'InvalidLoopFile')) return [];
  return loopFileFacts.safeParse(error.problem.facts).data?.problems ?? [];
}
