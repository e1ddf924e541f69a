import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { failureFrom } from '../../src/activities/to-failure.ts';
import { MaskloopError } from '../../src/contracts/error.ts';
import { fakeActivities } from '../kit/fake-activities.ts';
import { startIteration } from '../kit/start-iteration.ts';
import { withRig } from '../kit/temporal/rig.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';
import { startTimeSkipping } from '../kit/temporal/time-skipping.ts';

const MOST_EVENTS = 500;
const MOST_PAYLOAD_BYTES = 16 * 1024;
const COMPLETE = { jobs: 2, completedAt: '2026-01-31T00:00:00.000Z' };

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startTimeSkipping();
});
afterAll(async () => temporal.close());

function pending(retryAfterMs: number): Error {
  const facts = { completed: 1, jobs: 2, url: 'http://cvat.test/tasks/7' };
  return failureFrom(new MaskloopError('AnnotationPending', '1 of 2 jobs are completed', { facts, retryAfterMs }));
}

describe('a long wait', () => {
  it('of 30 days, polled every 15 minutes, leaves a short history and small payloads', async () => {
    const pollMs = 15 * 60_000;
    let polls = 0;
    const fake = fakeActivities({
      checkCompletion: async () => {
        polls += 1;
        if (polls <= 2880) throw pending(pollMs);
        return COMPLETE;
      },
    });
    const begun = await temporal.env.currentTimeMs();
    const { runs } = await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig, { completion: { rule: 'state', pollMs } });
      await handle.result();
    });
    const days = ((await temporal.env.currentTimeMs()) - begun) / 86_400_000;
    expect(polls).toBe(2881);
    expect(days).toBeGreaterThan(29.9);
    expect(runs).toHaveLength(1);
    expect(runs[0]?.events).toBeLessThan(MOST_EVENTS);
    expect(runs[0]?.largestPayloadBytes).toBeLessThan(MOST_PAYLOAD_BYTES);
  }, 240_000);

  it('for a server that is away for days is a chain of short runs', async () => {
    let tries = 0;
    const fake = fakeActivities({
      submitLabels: async () => {
        tries += 1;
        if (tries <= 250) throw failureFrom(new MaskloopError('MonaiUnreachable', 'MONAI Label does not answer'));
        return { manifest: { uri: 'store:x', sha256: 'aa', bytes: 1 }, training: 2, heldOut: 1 };
      },
    });
    const { runs } = await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await handle.result();
    });
    expect(tries).toBe(251);
    expect(runs.length).toBeGreaterThan(1);
    expect(Math.max(...runs.map(({ events }) => events))).toBeLessThan(MOST_EVENTS);
    expect(fake.count('startTraining')).toBe(1);
  }, 240_000);
});
