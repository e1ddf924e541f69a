import { log } from '@temporalio/workflow';
import { failureOf } from '../failure-of.ts';
import type { Proxies } from '../proxies.ts';
import { isKnownEnded, trainingNumber } from '../training-number.ts';
import { throughHold } from '../through-hold.ts';
import type { StepContext } from './step-context.ts';

/** Sees every training of the iteration's own ended, and touches nobody else's. Fails if that cannot be done. */
export async function endOwnTrainings(
  { session }: Pick<StepContext, 'session'>,
  { stopTraining }: Pick<Proxies['stop'], 'stopTraining'>,
): Promise<void> {
  const { id, input, firstRunId, state } = session;
  const tryNumber = trainingNumber(state);
  const earlier = state.results.training?.tryNumber ?? tryNumber;
  for (const number of new Set([earlier, tryNumber])) {
    await stopTraining({ id, input, firstRunId, tryNumber: number, hasEnded: isKnownEnded(state, number) });
  }
}

/**
 * Leaves no training of the iteration's own running, where it does not wait for that: it is cancelled. Only a hold
 * of the trainer is waited out. What could not be ended is kept, so that nobody takes what is published for known.
 */
export async function stopOwnTraining(context: StepContext): Promise<void> {
  const { session, proxies } = context;
  try {
    await throughHold(context, () => endOwnTrainings({ session }, proxies.stop));
    // An earlier attempt may have failed, before the iteration was cancelled.
    session.update(({ ending: _, ...state }) => state);
  } catch (error) {
    const { code, message } = failureOf(error);
    log.warn('The training could not be stopped', { iteration: session.id, reason: message });
    session.update((state) => ({ ...state, ending: { runsOn: whyNot(code, message) } }));
  }
}

/** Why a training goes on, short enough for states and receipts. */
export function whyNot(code: string, message: string): string {
  return `${code}: ${message.slice(0, 300)}`;
}
