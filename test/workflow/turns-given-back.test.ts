import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Context, sleep as activitySleep } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { failureFrom } from '../../src/activities/to-failure.ts';
import { MaskloopError } from '../../src/contracts/error.ts';
import { pauseSignal, resumeSignal, retryUpdate } from '../../src/contracts/messages.ts';
import { failing } from '../kit/failing.ts';
import { fakeActivities } from '../kit/fake-activities.ts';
import { PREDICTIONS } from '../kit/fake-refs.ts';
import { startIteration, untilStatus } from '../kit/start-iteration.ts';
import { withRig } from '../kit/temporal/rig.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';
import { startTimeSkipping } from '../kit/temporal/time-skipping.ts';

const INES = { by: 'ines' };
const ATTENTIVE = { maxHeartbeatThrottleInterval: 50, defaultHeartbeatThrottleInterval: 50 };
const MODEL = { model: 'segmentation', checksum: 'SHA256:cc', epochs: 3, trainerMetric: null };

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startTimeSkipping();
});
afterAll(async () => temporal.close());

/** Heartbeats like a long activity until it is cancelled. */
async function untilCancelled(): Promise<never> {
  for (;;) {
    Context.current().heartbeat();
    await activitySleep(50);
    if (Context.current().cancellationSignal.aborted) throw ApplicationFailure.retryable('not cancelled');
  }
}

describe('a turn', () => {
  it('is given back by whoever is paused while masks are predicted, and asked for again after the resume', async () => {
    let predicted = 0;
    const fake = fakeActivities({
      predictMasks: async () => (predicted++ === 0 ? untilCancelled() : PREDICTIONS),
    });
    await withRig(temporal, { activities: fake.activities, worker: ATTENTIVE }, async (rig) => {
      const handle = await startIteration(rig, { masks: null, predict: { model: 'segmentation' } });
      while (predicted === 0) await sleep(20);
      await handle.signal(pauseSignal, INES);
      const { turn } = await untilStatus(handle, ({ waitingFor }) => waitingFor === 'resume', sleep);
      expect(turn ?? null).toBeNull();
      expect(fake.count('requestTurn')).toBe(1);
      await handle.signal(resumeSignal, INES);
      await untilStatus(handle, ({ step }) => step === 'done', sleep);
    });
    expect([predicted, fake.count('requestTurn')]).toEqual([2, 3]);
  });

  it('is given back by whoever is paused during an outage after the evaluation', async () => {
    let isAway = true;
    const well = fakeActivities().activities;
    const fake = fakeActivities({
      recordReceipt: async (args) => {
        if (isAway) throw failureFrom(new MaskloopError('StoreUnreachable', 'away'), true);
        return well.recordReceipt(args);
      },
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await untilStatus(handle, ({ step, waitingFor }) => step === 'receipt' && waitingFor === 'server', sleep);
      await handle.signal(pauseSignal, INES);
      const { turn } = await untilStatus(handle, ({ waitingFor }) => waitingFor === 'resume', sleep);
      expect(turn ?? null).toBeNull();
      isAway = false;
      await handle.signal(resumeSignal, INES);
      await handle.result();
    });
  });

  it('is given back where another model was published over ours, and a retry trains anew instead of failing again', async () => {
    const tries: number[] = [];
    const fake = fakeActivities({
      watchTraining: async ({ training }) => {
        tries.push(training.tryNumber);
        return training.tryNumber === 1 ? failing('ModelReplaced')() : MODEL;
      },
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await untilStatus(handle, ({ waitingFor, turn }) => waitingFor === 'decision' && turn == null, sleep);
      await handle.executeUpdate(retryUpdate, { args: [INES] });
      await handle.result();
    });
    expect(tries).toEqual([1, 2]);
    expect(fake.count('measureModel')).toBe(2);
  });
});
