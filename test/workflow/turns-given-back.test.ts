import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { failureFrom } from '../../src/activities/to-failure.ts';
import { MaskloopError } from '../../src/contracts/error.ts';
import { pauseSignal, resumeSignal, retryUpdate, skipUpdate } from '../../src/contracts/messages.ts';
import { failing } from '../kit/failing.ts';
import { fakeActivities } from '../kit/fake-activities.ts';
import { PREDICTIONS } from '../kit/fake-refs.ts';
import { startIteration, untilAsked, untilStatus } from '../kit/start-iteration.ts';
import { ATTENTIVE } from '../kit/temporal/attentive.ts';
import { withRig } from '../kit/temporal/rig.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';
import { startTimeSkipping } from '../kit/temporal/time-skipping.ts';
import { untilCancelled } from '../kit/until-cancelled.ts';

const INES = { by: 'ines' };
const MODEL = { model: 'segmentation', checksum: 'SHA256:cc', epochs: 3, trainerMetric: null };

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startTimeSkipping();
});
afterAll(async () => temporal.close());

/** Lets the tries of an activity pass without waiting for them. */
const skipAhead = async (): Promise<void> => temporal.env.sleep('1 minute');

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

  it('is kept by whoever skips a training until that has ended, so that nothing is published behind a receipt', async () => {
    let isDeaf = true;
    const fake = fakeActivities({
      watchTraining: failing('TrainingStalled'),
      stopTraining: async () => (isDeaf ? failing('TrainingBusy')() : undefined),
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await untilStatus(handle, ({ waitingFor }) => waitingFor === 'decision', sleep);
      await handle.executeUpdate(skipUpdate, { args: [INES] });
      const asked = await untilStatus(handle, ({ trouble }) => trouble?.code === 'TrainingRunsOn', skipAhead);
      expect(asked).toMatchObject({ step: 'train', turn: { hasTurn: true }, choices: ['retry', 'skip', 'cancel'] });
      expect(fake.count('recordReceipt')).toBe(0);
      isDeaf = false;
      await handle.executeUpdate(retryUpdate, { args: [INES] });
      await handle.result();
      const { results, steps } = await untilStatus(handle, ({ step }) => step === 'done', sleep);
      expect(results.promotion).toMatchObject({ outcome: 'put back', published: 'SHA256:bb' });
      expect(steps).toContainEqual(expect.objectContaining({ step: 'train', outcome: 'skipped' }));
    });
    expect(fake.count('startTraining')).toBe(1);
  });

  it('is given back by whoever decides not to wait for a training to end; the receipt does not claim to know the model', async () => {
    const told: unknown[] = [];
    const well = fakeActivities().activities;
    const fake = fakeActivities({
      watchTraining: failing('TrainingStalled'),
      stopTraining: failing('MonaiUnreachable'),
      recordReceipt: async (args) => {
        told.push([args.results.promotion, args.decisions.map(({ what, about }) => [what, about])]);
        return well.recordReceipt(args);
      },
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      for (const code of ['TrainingStalled', 'TrainingRunsOn'] as const) {
        await untilAsked(handle, code, skipAhead);
        await handle.executeUpdate(skipUpdate, { args: [INES] });
      }
      await handle.result();
    });
    const reasons = [expect.stringMatching(/may still publish a model that nobody has decided on.*MonaiUnreachable/)];
    const decided = ['TrainingStalled', 'TrainingRunsOn'].map((about) => ['skip', about]);
    expect(told).toMatchObject([[{ outcome: 'not known', published: null, reasons }, decided]]);
  });

  it('that ends with a cancelled iteration whose training cannot be stopped is not told as if the model were known', async () => {
    const fake = fakeActivities({
      watchTraining: failing('TrainingStalled'),
      stopTraining: failing('UnexpectedFailure'),
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await untilStatus(handle, ({ waitingFor }) => waitingFor === 'decision', sleep);
      await handle.cancel();
      await expect(handle.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
      const { results } = await untilStatus(handle, () => true, sleep);
      expect(results.promotion).toMatchObject({ outcome: 'not known', published: null });
    });
  });
});
