import { isCancellation } from '@temporalio/workflow';
import { failureOf } from '../failure-of.ts';
import { keep } from '../state.ts';
import type { StepContext } from './step-context.ts';

/** Notes what people changed after the seal. It stops nothing: training goes on with what was sealed. */
export async function recheckSeal({ session, proxies }: StepContext): Promise<void> {
  const { id, input } = session;
  const { seal: sealed, task } = session.state.results;
  if (sealed === undefined || task === undefined) return;
  try {
    const sealCheck = await proxies.check.checkSeal({ id, input, task, seal: sealed });
    session.update((state, now) => keep(state, { sealCheck }, now));
  } catch (error) {
    if (isCancellation(error)) throw error;
    const unchecked = { checkedAt: session.now(), edits: 0, first: [], list: null, unchecked: failureOf(error).code };
    session.update((state, now) => keep(state, { sealCheck: unchecked }, now));
  }
}
