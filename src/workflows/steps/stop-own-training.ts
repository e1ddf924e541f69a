import { log } from '@temporalio/workflow';
import { failureOf } from '../failure-of.ts';
import { trainingNumber } from '../state.ts';
import type { StepContext } from './step-context.ts';

/** Leaves no training of the iteration's own running, and touches nobody else's. Says so if that cannot be done. */
export async function stopOwnTraining({ session, proxies }: StepContext): Promise<void> {
  const { id, input, firstRunId, state } = session;
  const tryNumber = trainingNumber(state);
  const earlier = state.results.training?.tryNumber ?? tryNumber;
  try {
    if (earlier !== tryNumber) await proxies.stop.stopTraining({ id, input, firstRunId, tryNumber: earlier });
    await proxies.stop.stopTraining({ id, input, firstRunId, tryNumber });
  } catch (error) {
    // The iteration goes on, or is cancelled, all the same.
    log.warn('The training could not be stopped', { iteration: id, reason: failureOf(error).message });
  }
}
