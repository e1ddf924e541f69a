import { isCancellation, patched } from '@temporalio/workflow';
import { failureOf } from '../failure-of.ts';
import { holdDelay } from '../hold-delay.ts';
import type { LoopSession } from './loop-session.ts';
import { ask, awaitServer, serverIsBack } from './loop-state.ts';

/** An outage that outlives an activity's own retries is tried again after this time, doubled up to the limit. */
const OUTAGE_DELAY_MS = { first: 30_000, limit: 15 * 60_000 };

/**
 * Does work of activities. An outage is waited out, any other failure asks a person: then null comes back, and the caller
 * looks at the state again.
 *
 * @param part `begin` where more is tried at once after it: that some of it was done does not say that a server which was away is back
 */
export async function tryWork<T>(
  session: LoopSession,
  work: () => Promise<T>,
  part: 'begin' | 'whole' = 'whole',
): Promise<T | null> {
  try {
    const result = await work();
    const isFollowed = part === 'begin' && session.state.trouble !== null && patched('loop-outage-followed');
    if (!isFollowed) {
      session.outages = 0;
      session.update(serverIsBack);
    }
    return result;
  } catch (error) {
    if (isCancellation(error)) throw error;
    const failure = failureOf(error);
    if (failure.handling === 'attention' || failure.handling === 'refused') {
      session.update((state, now) => ask(state, failure, now));
      return null;
    }
    session.update((state, now) => awaitServer(state, failure, now));
    await waitOut(session);
    return null;
  }
}

async function waitOut(session: LoopSession): Promise<void> {
  const outageMs = Math.min(OUTAGE_DELAY_MS.first * 2 ** session.outages, OUTAGE_DELAY_MS.limit);
  const heldMs = holdDelay(session.state.trouble, session.now());
  const delayMs = heldMs ?? outageMs;
  if (heldMs === null) session.outages += 1;
  session.retryNow = false;
  const { end, paused } = session.state;
  await session.until(() => session.retryNow || session.state.end !== end || session.state.paused !== paused, delayMs);
}
