import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { failureFrom } from '../../src/activities/to-failure.ts';
import { MaskloopError } from '../../src/contracts/error.ts';
import type { FailureCode } from '../../src/contracts/failures.ts';
import type { IterationStatus } from '../../src/contracts/iteration.ts';
import { retryUpdate, skipUpdate } from '../../src/contracts/messages.ts';
import { failing } from '../kit/failing.ts';
import { fakeActivities, MODEL_BEFORE } from '../kit/fake-activities.ts';
import { startIteration, untilStatus } from '../kit/start-iteration.ts';
import { withRig } from '../kit/temporal/rig.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';
import { startTimeSkipping } from '../kit/temporal/time-skipping.ts';

const INES = { by: 'ines' };
const THEIRS = 'SHA256:dd';

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startTimeSkipping();
});
afterAll(async () => temporal.close());

describe('a training', () => {
  it('that gave way to another one is started again, after its labels have been looked at again', async () => {
    let watched = 0;
    const fake = fakeActivities({
      watchTraining: async () => {
        if (watched++ === 0) throw failureFrom(new MaskloopError('TrainingBusy', 'waits for theirs'), true);
        return { model: 'segmentation', checksum: 'SHA256:cc', epochs: 3, trainerMetric: null };
      },
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await handle.result();
    });
    const steps = fake.calls.filter((name) => ['submitLabels', 'startTraining', 'watchTraining'].includes(name));
    const once = ['submitLabels', 'startTraining', 'watchTraining'];
    expect(steps).toEqual([...once, ...once]);
  });

  it('that its server has lost, and that gives way as it is begun again, leaves nothing published with its turn', async () => {
    const order: string[] = [];
    let published = 'before';
    let watched = 0;
    const well = fakeActivities().activities;
    const fake = fakeActivities({
      watchTraining: async (args) => {
        if (watched++ > 0) return well.watchTraining(args);
        published = 'checkpoint';
        throw failureFrom(new MaskloopError('TrainingBusy', 'the run is lost, and another model is trained'), true);
      },
      putBackModel: async (args) => {
        published = 'before';
        return well.putBackModel(args);
      },
      requestTurn: async (args) => {
        order.push(published);
        return well.requestTurn(args);
      },
      measureModel: async (args) => {
        order.push(published);
        return well.measureModel(args);
      },
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => (await startIteration(rig)).result());
    expect(order).toEqual(['before', 'before', 'before', 'before']);
  });

  it('that its server has lost is not begun again over a model of others until a person takes it as it is', async () => {
    const measured: unknown[] = [];
    const watched: unknown[] = [];
    const well = fakeActivities().activities;
    const fake = fakeActivities({
      measureModel: async (args) => {
        measured.push(args.taken);
        const known = await well.measureModel(args);
        return measured.length === 1 ? known : { ...known, checksum: THEIRS };
      },
      watchTraining: async (args) => {
        watched.push(args.before);
        if (watched.length > 1) return well.watchTraining(args);
        throw failureFrom(new MaskloopError('ModelChanged', 'theirs', { facts: { published: THEIRS } }));
      },
      putBackModel: async (args) => (measured.length > 1 ? well.putBackModel(args) : failing('ModelReplaced')()),
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      const isAsked = ({ waitingFor, turn }: IterationStatus) => waitingFor === 'decision' && turn == null;
      expect((await untilStatus(handle, isAsked, sleep)).trouble?.code).toBe('ModelChanged');
      await handle.executeUpdate(retryUpdate, { args: [INES] });
      await handle.result();
    });
    expect(watched).toEqual([MODEL_BEFORE.checksum, THEIRS]);
    expect(measured).toEqual([[], [{ checksum: THEIRS, by: 'ines' }]]);
    expect(fake.count('startTraining')).toBe(2);
  });

  it.each<[FailureCode, number]>([
    ['TrainingStalled', 1],
    ['TrainingFailed', 0],
  ])('that is skipped after %s is stopped %d times', async (code, stops) => {
    const fake = fakeActivities({ watchTraining: failing(code) });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await untilStatus(handle, ({ waitingFor }) => waitingFor === 'decision', sleep);
      await handle.executeUpdate(skipUpdate, { args: [INES] });
      await handle.result();
    });
    expect(fake.count('stopTraining')).toBe(stops);
  });

  it('that has stalled trains under a new number after a retry', async () => {
    const fake = fakeActivities({ watchTraining: failing('TrainingStalled') });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      const before = await untilStatus(handle, ({ waitingFor }) => waitingFor === 'decision', sleep);
      await handle.executeUpdate(retryUpdate, { args: [INES] });
      const after = await untilStatus(
        handle,
        (now) => now.waitingFor === 'decision' && now.since > before.since,
        sleep,
      );
      expect(after.results.training?.tryNumber).toBe(2);
      await handle.executeUpdate(skipUpdate, { args: [INES] });
      await handle.result();
    });
  });

  it('that was lost and whose labels have changed is prepared anew after a retry, once what it published is put back', async () => {
    let watched = 0;
    const model = { model: 'segmentation', checksum: 'SHA256:cc', epochs: 3, trainerMetric: null };
    const fake = fakeActivities({
      watchTraining: async ({ began }) => {
        expect(began?.version).toBe(1);
        return watched++ === 0 ? failing('TrainingSetDiffers')() : model;
      },
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await untilStatus(handle, ({ waitingFor, turn }) => waitingFor === 'decision' && turn == null, sleep);
      await handle.executeUpdate(retryUpdate, { args: [INES] });
      await handle.result();
    });
    const told = ['submitLabels', 'measureModel', 'startTraining', 'putBackModel'];
    // As the turn is given back, and before all is prepared.
    const once = ['submitLabels', 'measureModel', 'startTraining'];
    expect(fake.calls.filter((name) => told.includes(name))).toEqual([
      ...once,
      'putBackModel',
      'putBackModel',
      ...once,
    ]);
  });

  it('that stalled is stopped, and what it published put back, before the next one begins', async () => {
    let watched = 0;
    const model = { model: 'segmentation', checksum: 'SHA256:cc', epochs: 3, trainerMetric: null };
    const fake = fakeActivities({
      watchTraining: async () => {
        if (watched++ === 0) throw failureFrom(new MaskloopError('TrainingStalled', 'no epoch'));
        return model;
      },
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await untilStatus(handle, ({ waitingFor }) => waitingFor === 'decision', sleep);
      await handle.executeUpdate(retryUpdate, { args: [INES] });
      await handle.result();
    });
    const told = ['stopTraining', 'putBackModel', 'measureModel', 'startTraining'];
    expect(fake.calls.filter((name) => told.includes(name))).toEqual(['measureModel', 'startTraining', ...told]);
  });

  it('that runs is only watched after an outage: nothing it reads is written again', async () => {
    let watched = 0;
    const model = { model: 'segmentation', checksum: 'SHA256:cc', epochs: 3, trainerMetric: null };
    const fake = fakeActivities({
      watchTraining: async () => {
        if (watched++ < 20) throw failureFrom(new MaskloopError('MonaiUnreachable', 'away'));
        return model;
      },
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => (await startIteration(rig)).result());
    expect(watched).toBe(21);
    expect(fake.count('submitLabels')).toBe(1);
    expect(fake.count('submitCorrections')).toBe(1);
  });

  it('that may have been accepted is asked for again after an outage, and nothing that it may read is written again', async () => {
    let asked = 0;
    const again: unknown[] = [];
    const well = fakeActivities().activities;
    const fake = fakeActivities({
      startTraining: async (args) => {
        if (args.began?.version === 1) again.push(args.isAsked);
        if (asked++ < 20) throw failureFrom(new MaskloopError('MonaiUnreachable', 'no answer'));
        return well.startTraining(args);
      },
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => (await startIteration(rig)).result());
    expect(asked).toBe(21);
    const [labels, corrections, checks] = [
      fake.count('submitLabels'),
      fake.count('submitCorrections'),
      fake.count('checkTrainingSet'),
    ];
    expect([labels, corrections, checks]).toEqual([1, 1, 2]);
    // Each try of the step after the first one has the labels compared again before it asks.
    expect(again).toHaveLength(21);
    expect([again[0], again[20]]).toEqual([false, true]);
  });

  it('does not begin where its window closed during the preparation: it is waited for again, without the turn', async () => {
    const looks: number[] = [];
    const fake = fakeActivities({
      // Open before the turn and with it, closed after the preparation until an hour has passed.
      checkTrainingWindow: async () => {
        looks.push(fake.count('startTraining'));
        const isClosed = looks.length === 3 || looks.length === 4;
        return { opensAt: isClosed ? new Date(Date.now() + 3_600_000).toISOString() : null };
      },
    });
    const window = { from: '20:00', to: '06:00', timeZone: 'UTC' };
    const training = { model: 'segmentation', maxEpochs: null, heldOutFraction: 0.2, window };
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig, { training });
      const { turn } = await untilStatus(handle, ({ waitingFor }) => waitingFor === 'window', sleep);
      expect(turn ?? null).toBeNull();
      expect([fake.count('submitLabels'), fake.count('startTraining')]).toEqual([1, 0]);
      await handle.result();
    });
    expect([fake.count('submitLabels'), fake.count('startTraining'), fake.count('requestTurn')]).toEqual([2, 1, 2]);
    expect(looks.at(-1)).toBe(0);
  });

  it('that may have been accepted is stopped when the step is skipped', async () => {
    const fake = fakeActivities({ startTraining: failing('MonaiUnexpectedAnswer') });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      const { turn } = await untilStatus(handle, ({ waitingFor }) => waitingFor === 'decision', sleep);
      expect(turn).toMatchObject({ hasTurn: true });
      await handle.executeUpdate(skipUpdate, { args: [INES] });
      await handle.result();
    });
    expect(fake.count('stopTraining')).toBe(1);
  });
});
