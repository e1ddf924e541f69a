import type { FailureCode } from '../../contracts/failures.ts';
import { failureOf } from '../failure-of.ts';
import { keep } from '../state.ts';
import type { StepContext } from './step-context.ts';

/** What another try would meet again. The receipt is written without the findings, and the loop asks. */
const LOST: readonly FailureCode[] = ['ArtifactMissing', 'ArtifactCorrupt', 'FrameSizeMismatch'];

/** Holds the loop's learning curve against its rules, for the receipt. Nothing for an iteration that stands alone. */
export async function judgeLoop({ session, proxies }: StepContext): Promise<void> {
  const { id, input } = session;
  if (input.loop === undefined) return;
  const { startedAt, results } = session.state;
  try {
    const facts = { startedAt, endedAt: session.now(), results };
    const stopping = await proxies.receipt.judgeLoop({ id, input, facts });
    session.update((state, now) => keep(state, { stopping }, now));
  } catch (error) {
    if (!LOST.includes(failureOf(error).code)) throw error;
  }
}
