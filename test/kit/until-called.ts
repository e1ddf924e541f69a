import { setTimeout as sleep } from 'node:timers/promises';
import type { FakeActivities } from './fake-activities.ts';

/** Less than a test has, so that the count is told. */
const PATIENCE_MS = 45_000;

/**
 * Waits until an activity has been called so often. Temporal's test server can lose an activity that is cancelled in the moment in
 * which it begins, and the iteration then waits for ever: so this comes before what cancels it.
 */
export async function untilCalled(
  fake: FakeActivities,
  name: Parameters<FakeActivities['count']>[0],
  times: number,
): Promise<void> {
  for (const until = performance.now() + PATIENCE_MS; performance.now() < until; await sleep(20)) {
    if (fake.count(name) >= times) return;
  }
  throw new Error(`${name} was called ${fake.count(name)} times, not ${times}`);
}
