import { FromStoreNote } from '../../../parts/from-store-note.tsx';
import { StatusBadge } from '../../../parts/status-badge.tsx';
import type { Tone } from '../../../theme/tone.ts';
import { Moment } from '../../../time/moment.tsx';
import { stepWord } from '../../../words/steps.ts';
import { waitingWords } from '../../../words/waiting.ts';
import { Actions } from '../steering/actions.tsx';
import { nowOf, type IterationView } from '../view-facts.ts';
import { Trouble } from './trouble.tsx';
import { nextWords } from './next-words.ts';

const ENDS: Readonly<Record<string, readonly [Tone, string]>> = {
  done: ['good', 'Done'],
  cancelled: ['quiet', 'Cancelled'],
  failed: ['bad', 'Failed'],
  terminated: ['bad', 'Terminated'],
};

/** What the iteration waits for, since when, why, and what to do now. */
export function Situation({ view }: { readonly view: IterationView }) {
  const { step, waitingFor, since } = nowOf(view);
  const [tone, word] = waitingFor === null ? (ENDS[step] ?? ['quiet', step]) : wordsOf(waitingFor);
  const isOver = waitingFor === null;
  return (
    <section className="situation" data-tone={tone} aria-label="What it waits for">
      <p className="situation-line">
        <StatusBadge tone={tone}>{word}</StatusBadge>
        {isOver || step === 'done' ? null : <span>at the step “{stepWord(step)}”</span>}
        <span className="situation-since">
          {isOver ? '' : 'for '}
          <Moment at={since} as={isOver ? 'both' : 'span'} />
        </span>
      </p>
      <p className="situation-next">{nextWords(view)}</p>
      {view.away === undefined ? null : (
        <FromStoreNote>All of this is from its receipt. Whether it has been started again is not known.</FromStoreNote>
      )}
      {view.status?.trouble == null ? null : <Trouble trouble={view.status.trouble} />}
      <Actions view={view} which="answers" />
    </section>
  );
}

function wordsOf(waitingFor: string): readonly [Tone, string] {
  if (waitingFor === 'worker') return ['attention', 'No worker answers'];
  const { tone, word } = waitingWords(waitingFor);
  return [tone, word];
}
