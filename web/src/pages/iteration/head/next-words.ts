import { formatTime } from '../../../time/format-time.ts';
import { waitingWords } from '../../../words/waiting.ts';
import { nowOf, type IterationView } from '../view-facts.ts';

const ENDS: Readonly<Record<string, string>> = {
  done: 'It is finished; its receipt has everything.',
  cancelled: 'Somebody cancelled it. To go on from what is there, start it again, with corrected settings if needed.',
  failed: 'It failed. To go on from what is there, start it again, with corrected settings if needed.',
  terminated: 'It was ended from outside. To go on from what is there, start it again.',
};

const CANCELLED =
  'Somebody cancelled it. It ends once its training has ended and no model is published that nobody has decided on.';

/** What happens next, and what a person has to do for it, in a sentence or two. */
export function nextWords(view: IterationView): string {
  const { step, waitingFor } = nowOf(view);
  if (waitingFor === null) return ENDS[step] ?? '';
  if (waitingFor === 'worker')
    return 'It goes on once a worker runs. Whoever runs them starts one on the command line: maskloop worker. What you see is what the index knew last.';
  const { status } = view;
  if (status?.cancelled === true) return CANCELLED;
  if (waitingFor === 'people') return peopleWords(status);
  if (waitingFor === 'window' && status?.opensAt != null) {
    return `Training begins ${formatTime(status.opensAt)}, when its window opens; “Train now” does not wait for it.`;
  }
  if (waitingFor === 'turn') return turnWords(view);
  if (waitingFor === 'decision') {
    const healsItself = view.activities.some(({ name }) => name === 'awaitLogin');
    return healsItself
      ? 'It goes on once the login is mended, or somebody answers.'
      : 'Nothing happens before somebody answers.';
  }
  return waitingWords(waitingFor).sentence;
}

function peopleWords(status: IterationView['status']): string {
  const at = status?.deadline?.at;
  const due = at === undefined ? 'There is no deadline.' : `They have time until ${formatTime(at)}.`;
  return `People correct labels in CVAT. ${due} It goes on by itself once their jobs are completed.`;
}

function turnWords({ id, turns }: IterationView): string {
  const holder = turns?.holder ?? null;
  const ahead = turns?.waiting.findIndex((one) => one.id === id) ?? 0;
  const who = holder === null ? 'Another iteration' : holder.id;
  return `${who} trains on the same trainer${ahead > 0 ? `, and ${ahead} more before this one` : ''}. It goes on by itself.`;
}
