import type { z } from 'zod';
import type { describeIteration } from '../../../../src/api/endpoints/iterations.ts';
import type { IterationResults, StepRecord } from '../../../../src/contracts/iteration.ts';
import { placeOfId } from '../../../../src/contracts/ids.ts';

/** All that the server tells of an iteration. */
export type IterationView = z.output<NonNullable<(typeof describeIteration)['answer']>>;

type Answers = Pick<IterationView, 'status' | 'receipt'>;

/** What its steps have left behind, from its own answer, else from its receipt. */
export function resultsOf({ status, receipt }: Answers): IterationResults {
  return status?.results ?? receipt?.results ?? {};
}

/** Its finished steps in their order. */
export function stepsOf({ status, receipt }: Answers): readonly StepRecord[] {
  return status?.steps ?? receipt?.steps ?? [];
}

/** The names that its id is made of; the id itself as task where it is none of ours. */
export function placeOf(id: string): { readonly connection: string; readonly project: string; readonly task: string } {
  try {
    return placeOfId(id);
  } catch {
    return { connection: 'default', project: '', task: id };
  }
}

/** What is waited for now; how the run ended where it runs no more. */
export interface Now {
  /** A step, or `done`, `cancelled`, `failed`, `terminated`. */
  readonly step: string;
  /** As `WAITING_FOR`; `worker` where nobody answers, null where it runs no more. */
  readonly waitingFor: string | null;
  /** ISO time. */
  readonly since: string;
}

/** Where an iteration is, from the best source there is. */
export function nowOf({ state, status, index, startedAt, endedAt }: IterationView): Now {
  if (state !== 'running') return { step: state, waitingFor: null, since: endedAt ?? startedAt };
  if (status !== null) return { step: status.step, waitingFor: status.waitingFor, since: status.since };
  const waitingFor = index?.waitingFor ?? '';
  return {
    step: index?.step ?? '',
    waitingFor: waitingFor === 'machine' || waitingFor === '' ? 'worker' : waitingFor,
    since: index?.since ?? startedAt,
  };
}

/** The address of the project in CVAT, beside that of the task; null before there is a task. */
export function projectUrl({ task }: IterationResults): string | null {
  if (task === undefined) return null;
  const address = task.url.replace(/\/tasks\/\d+$/, `/projects/${task.projectId}`);
  return address === task.url ? null : address;
}
