import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { retryUpdate } from '../../src/contracts/messages.ts';
import { fakeActivities, TASK } from '../kit/fake-activities.ts';
import { failing, failingFirst } from '../kit/failing.ts';
import { startIteration, untilStatus, type IterationHandle } from '../kit/start-iteration.ts';
import { withRig } from '../kit/temporal/rig.ts';
import { startTimeSkipping } from '../kit/temporal/time-skipping.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';

const INES = { by: 'ines' };

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startTimeSkipping();
});
afterAll(async () => temporal.close());

async function attention(handle: IterationHandle): Promise<Awaited<ReturnType<typeof untilStatus>>> {
  return untilStatus(handle, ({ waitingFor }) => waitingFor === 'decision', sleep);
}

describe('the import of an iteration', () => {
  it('happens once, also where what comes after the import in the same step has to be done again', async () => {
    const assigned = { people: [{ username: 'ana', jobs: 2, frames: 3 }], others: 0 };
    const fake = fakeActivities({ assignJobs: failingFirst(1, 'PersonNotFound', assigned) });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig, { people: ['ana'] });
      expect((await attention(handle)).results.imported).toMatchObject({ shapes: 4 });
      await handle.executeUpdate(retryUpdate, { args: [INES] });
      await handle.result();
    });
    expect([fake.count('assignJobs'), fake.count('importPreannotations'), fake.count('verifyImport')]).toEqual([
      2, 1, 1,
    ]);
  });

  it('is made again in another task that took the place of the first', async () => {
    const { matchLabels } = fakeActivities().activities;
    let tries = 0;
    const fake = fakeActivities({
      ensureTask: async () => {
        tries += 1;
        return { ...TASK, taskId: tries === 1 ? 7 : 8 };
      },
      matchLabels: async (args) => (tries === 2 ? failing('LabelMissing')() : matchLabels(args)),
      assignJobs: failingFirst(1, 'PersonNotFound', { people: [], others: 2 }),
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig, { people: ['ana'] });
      for (const code of ['PersonNotFound', 'LabelMissing']) {
        await untilStatus(handle, ({ trouble }) => trouble?.code === code, sleep);
        await handle.executeUpdate(retryUpdate, { args: [INES] });
      }
      await handle.result();
    });
    expect(fake.count('importPreannotations')).toBe(2);
  });
});
