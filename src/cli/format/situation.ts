import { WAITING_FOR, type WaitingFor } from '../../contracts/iteration.ts';
import type { IterationView } from '../../operations/describe-iteration.ts';

/** What can be waited for; `worker` where the machine's turn has come and none answers. */
type Awaits = WaitingFor | 'worker';

/** Where an iteration is, from the best source there is: its own answer, else the index, else how its run ended. */
export interface Situation {
  /** A step's name, `done`, or how the run ended. */
  readonly step: string;
  readonly waitingFor: Awaits | null;
  /** ISO time. */
  readonly since: string;
}

const WAITING_TEXT: Record<Awaits, string> = {
  machine: 'a machine works on it',
  worker: 'waits for a worker; start one with `maskloop worker` or `maskloop up`',
  people: 'waits for people',
  decision: 'needs a decision',
  server: 'waits for a server',
  window: 'waits for its training window',
  turn: 'waits for its turn to train',
  resume: 'paused',
  nothing: 'finished',
};

/** What is waited for, in words; words that are not known come back as they are. */
export function waitingText(waitingFor: string): string {
  const known = toWaitingFor(waitingFor);
  return known === null ? waitingFor : WAITING_TEXT[known];
}

export function situationOf(view: IterationView): Situation {
  const { state, status, index, startedAt, endedAt } = view;
  if (state !== 'running') return { step: state, waitingFor: null, since: endedAt ?? startedAt };
  if (status !== null) return { step: status.step, waitingFor: status.waitingFor, since: status.since };
  const indexed = toWaitingFor(index?.waitingFor ?? '');
  return {
    step: index?.step ?? '',
    waitingFor: indexed === 'machine' ? 'worker' : indexed,
    since: index?.since ?? startedAt,
  };
}

/** The situation in one line: `wait: waits for people`. */
export function situationText({ step, waitingFor }: Situation): string {
  return waitingFor === null ? step : `${step}: ${WAITING_TEXT[waitingFor]}`;
}

function toWaitingFor(text: string): WaitingFor | null {
  return WAITING_FOR.find((word) => word === text) ?? null;
}
