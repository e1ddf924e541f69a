import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { failureFrom } from '../../src/activities/to-failure.ts';
import { MaskloopError } from '../../src/contracts/error.ts';
import { statusQuery, wakeSignal } from '../../src/contracts/messages.ts';
import { fakeActivities, type FakeActivities } from '../kit/fake-activities.ts';
import { startIteration, type IterationHandle } from '../kit/start-iteration.ts';
import { startDevServer } from '../kit/temporal/dev-server.ts';
import { withRig } from '../kit/temporal/rig.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';

const MOST_EVENTS = 500;
const WAKE_UPS = 100;

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startDevServer();
});
afterAll(async () => temporal.close());

/** Wakes the iteration until CVAT is read once more. */
async function wake(handle: IterationHandle, fake: FakeActivities): Promise<void> {
  const before = fake.count('checkCompletion');
  for (let looks = 0; looks < 1600 && fake.count('checkCompletion') === before; looks++) {
    await handle.signal(wakeSignal);
    await sleep(20);
  }
}

describe('a wake-up', () => {
  it('reads CVAT at once; a hundred of them make a chain of short runs that forgets nothing', async () => {
    let polls = 0;
    const fake = fakeActivities({
      checkCompletion: async () => {
        polls += 1;
        if (polls > WAKE_UPS) return { jobs: 2, completedAt: '2026-01-31T00:00:00.000Z' };
        throw failureFrom(new MaskloopError('AnnotationPending', '1 of 2 jobs', { retryAfterMs: 3_600_000 }));
      },
    });
    const { result, runs } = await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      while (polls < WAKE_UPS) await wake(handle, fake);
      // The last wake-up may already have brought the poll that sees all jobs complete.
      await handle.signal(wakeSignal).catch(() => undefined);
      await handle.result();
      return handle.query(statusQuery);
    });
    expect(runs.length).toBeGreaterThan(1);
    expect(Math.max(...runs.map(({ events }) => events))).toBeLessThan(MOST_EVENTS);
    expect(fake.count('importPreannotations')).toBe(1);
    expect(result.steps.map(({ step }) => step)).toEqual([
      'convert',
      'upload',
      'wait',
      'collect',
      'train',
      'evaluate',
      'receipt',
    ]);
  }, 240_000);
});
