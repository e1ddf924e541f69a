import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pauseSignal, resumeSignal } from '../../src/contracts/messages.ts';
import { failing } from '../kit/failing.ts';
import { fakeActivities } from '../kit/fake-activities.ts';
import { startIteration, untilStatus } from '../kit/start-iteration.ts';
import { ATTENTIVE } from '../kit/temporal/attentive.ts';
import { withRig } from '../kit/temporal/rig.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';
import { startTimeSkipping } from '../kit/temporal/time-skipping.ts';
import { untilCalled } from '../kit/until-called.ts';
import { untilCancelled } from '../kit/until-cancelled.ts';

const INES = { by: 'ines' };

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startTimeSkipping();
});
afterAll(async () => temporal.close());

describe('pause and cancel', () => {
  it('pause interrupts a running activity; after the resume the step begins again', async () => {
    let tries = 0;
    const fake = fakeActivities({
      watchTraining: async () => {
        tries += 1;
        if (tries === 1) await untilCancelled();
        return { model: 'segmentation', checksum: 'SHA256:cc', epochs: 3, trainerMetric: null };
      },
    });
    await withRig(temporal, { activities: fake.activities, worker: ATTENTIVE }, async (rig) => {
      const handle = await startIteration(rig);
      await untilCalled(fake, 'watchTraining', 1);
      await handle.signal(pauseSignal, INES);
      const paused = await untilStatus(handle, ({ waitingFor }) => waitingFor === 'resume', sleep);
      expect(paused).toMatchObject({ step: 'train', paused: true });
      await handle.signal(resumeSignal, INES);
      await handle.result();
    });
    expect(fake.count('stopTraining')).toBe(0);
    expect(tries).toBe(2);
  });

  it('cancel during the training stops the training after the activity has ended', async () => {
    const order: string[] = [];
    const fake = fakeActivities({
      watchTraining: async () => {
        order.push('watching');
        try {
          return await untilCancelled();
        } finally {
          order.push('watch ended');
        }
      },
      stopTraining: async () => {
        order.push('stopped');
      },
    });
    await withRig(temporal, { activities: fake.activities, worker: ATTENTIVE }, async (rig) => {
      const handle = await startIteration(rig);
      await untilCalled(fake, 'watchTraining', 1);
      await handle.cancel();
      await expect(handle.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    });
    expect(order).toEqual(['watching', 'watch ended', 'stopped']);
    expect(fake.count('recordReceipt')).toBe(0);
  });

  it.each([
    ['while people are waited for', { checkCompletion: failing('AnnotationPending') }, 'people'],
    ['while a decision is waited for', { convertShard: failing('NotAPng') }, 'decision'],
  ] as const)('cancel ends an iteration %s and touches no training', async (_when, changes, waitingFor) => {
    const fake = fakeActivities(changes);
    await withRig(temporal, { activities: fake.activities, worker: ATTENTIVE }, async (rig) => {
      const handle = await startIteration(rig);
      await untilStatus(handle, (status) => status.waitingFor === waitingFor, sleep);
      await handle.cancel();
      await expect(handle.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    });
    expect(fake.count('stopTraining')).toBe(0);
  });

  it('cancel ends as cancelled even where MONAI Label is away', async () => {
    const fake = fakeActivities({
      watchTraining: untilCancelled,
      stopTraining: failing('MonaiUnreachable'),
    });
    await withRig(temporal, { activities: fake.activities, worker: ATTENTIVE }, async (rig) => {
      const handle = await startIteration(rig);
      await untilCalled(fake, 'watchTraining', 1);
      await handle.cancel();
      await expect(handle.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    });
    expect(fake.count('stopTraining')).toBeGreaterThan(10);
  });

  it('a pause from a tool that names nobody is a pause by somebody unknown', async () => {
    const fake = fakeActivities({ checkCompletion: failing('AnnotationPending') });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await untilStatus(handle, ({ waitingFor }) => waitingFor === 'people', sleep);
      await rig.client.workflow.getHandle(handle.workflowId).signal('pause');
      await untilStatus(handle, ({ waitingFor, paused }) => paused && waitingFor === 'resume', sleep);
    });
  });
});
