import { CancellationScope, isCancellation } from '@temporalio/workflow';
import { FAILURES, type FailureCode } from '../../contracts/failures.ts';
import type { IterationEnd } from '../../contracts/loop-activities.ts';
import type { StepFailure } from '../failure-of.ts';
import type { LoopContext } from './loop-context.ts';
import { ask, iterationDone, stopped } from './loop-state.ts';
import { tryWork } from './try-work.ts';

/** Waits for the end of the iteration that runs, without history growth, and takes what it left behind. */
export async function followIteration(context: LoopContext, id: string): Promise<void> {
  const { session } = context;
  const { child } = session;
  if (child !== null) await session.until(() => child.hasEnded);
  // Its receipt and Temporal tell how; a cancelled one may have been started again by somebody.
  const mayHaveEnded = child === null || child.hasEnded;
  const end = mayHaveEnded ? await tryWork(session, () => pollForEnd(context, id)) : 'not yet';
  if (end === null || end === 'not yet') return;
  session.child = null;
  session.hasEndedOne = true;
  session.update((state, now) => {
    if (end.outcome === 'done') return iterationDone(state, end, now);
    // Whoever has stopped the loop is not asked.
    if (state.end !== null) return stopped({ ...state, iteration: null }, now);
    return ask(state, failureOfEnd(id, end.outcome), now);
  });
}

/** The end of an iteration, by a poll; given up where the history has become long. */
async function pollForEnd({ session, proxies }: LoopContext, id: string): Promise<IterationEnd | 'not yet'> {
  const scope = new CancellationScope();
  let hasEnded = false;
  const polling = scope
    .run(async () => proxies.poll.awaitIteration({ id, loop: session.input }))
    .finally(() => {
      hasEnded = true;
    });
  // Awaited below; this keeps a rejection from counting as unhandled meanwhile.
  polling.catch(() => undefined);
  await session.until(() => hasEnded);
  if (!hasEnded) scope.cancel();
  try {
    return await polling;
  } catch (error) {
    if (isCancellation(error) && scope.consideredCancelled) return 'not yet';
    throw error;
  }
}

const CODES = {
  cancelled: 'IterationCancelled',
  failed: 'IterationBroken',
} as const satisfies Record<string, FailureCode>;

function failureOfEnd(id: string, outcome: 'cancelled' | 'failed'): StepFailure {
  const code = CODES[outcome];
  const { handling, action } = FAILURES[code];
  const message =
    outcome === 'cancelled' ? `The iteration ${id} was cancelled.` : `The iteration ${id} has ended without a receipt.`;
  return { code, handling, action, message, facts: { id } };
}
