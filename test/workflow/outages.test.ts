import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { failureFrom } from '../../src/activities/to-failure.ts';
import { MaskloopError } from '../../src/contracts/error.ts';
import { retryUpdate, statusQuery } from '../../src/contracts/messages.ts';
import { failing, failingFirst } from '../kit/failing.ts';
import { fakeActivities, LABELS, TASK } from '../kit/fake-activities.ts';
import { startIteration, untilStatus } from '../kit/start-iteration.ts';
import { withRig } from '../kit/temporal/rig.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';
import { startTimeSkipping } from '../kit/temporal/time-skipping.ts';
import { untilCalled } from '../kit/until-called.ts';

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startTimeSkipping();
});
afterAll(async () => temporal.close());

describe('an outage', () => {
  it('is waited out without asking anybody', async () => {
    const fake = fakeActivities({ exportLabels: failingFirst(30, 'CvatUnreachable', LABELS) });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await handle.result();
    });
    expect(fake.count('exportLabels')).toBe(31);
  });

  it('shows what is away while it lasts', async () => {
    const fake = fakeActivities({ submitLabels: failing('MonaiUnreachable') });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await untilCalled(fake, 'submitLabels', 1);
      const skipping = temporal.env.sleep('3 minutes');
      const status = await untilStatus(handle, ({ waitingFor }) => waitingFor === 'server', sleep);
      await skipping;
      expect(status).toMatchObject({
        step: 'train',
        trouble: { code: 'MonaiUnreachable' },
        choices: ['retry', 'cancel'],
      });
    });
  });

  it('during a training neither starts another nor asks anybody', async () => {
    const model = { model: 'segmentation', checksum: 'SHA256:cc', epochs: 3, trainerMetric: null };
    const fake = fakeActivities({ watchTraining: failingFirst(20, 'MonaiUnreachable', model) });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await handle.result();
    });
    expect(fake.count('watchTraining')).toBe(21);
    expect(fake.count('startTraining')).toBe(1);
  });

  it('while people work is shown from its beginning until CVAT answers again', async () => {
    let answers = false;
    const fake = fakeActivities({
      checkCompletion: async () => {
        if (!answers) throw failureFrom(new MaskloopError('CvatUnreachable', 'away'), true);
        throw failureFrom(new MaskloopError('AnnotationPending', '1 of 2 jobs', { retryAfterMs: 60_000 }));
      },
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      const away = await untilStatus(handle, ({ waitingFor }) => waitingFor === 'server', sleep);
      await temporal.env.sleep('20 minutes');
      const still = await handle.query(statusQuery);
      expect(still).toMatchObject({ step: 'wait', waitingFor: 'server', since: away.since });
      expect(still.trouble?.since).toBe(away.trouble?.since);
      answers = true;
      await temporal.env.sleep('20 minutes');
      expect(await handle.query(statusQuery)).toMatchObject({ waitingFor: 'people', trouble: null });
    });
    expect(fake.count('checkCompletion')).toBeGreaterThan(3);
  });
});

describe('a refused login', () => {
  it('is attention, and heals by itself when CVAT accepts a changed one', async () => {
    let isChanged = false;
    const fake = fakeActivities({
      ensureTask: async () => {
        if (!isChanged) await failing('CvatLoginRefused')();
        return TASK;
      },
      awaitLogin: async () => {
        if (!isChanged) throw failureFrom(new MaskloopError('LoginPending', 'the same', { retryAfterMs: 15_000 }));
      },
    });
    const { runs } = await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      const status = await untilStatus(handle, ({ waitingFor }) => waitingFor === 'decision', sleep);
      expect(status).toMatchObject({ step: 'upload', trouble: { code: 'CvatLoginRefused' } });
      await temporal.env.sleep('1 hour');
      expect(fake.count('ensureTask')).toBe(1);
      isChanged = true;
      await handle.result();
    });
    expect(fake.count('ensureTask')).toBe(2);
    expect(fake.count('awaitLogin')).toBeGreaterThan(200);
    // An hour of looking has left nothing behind.
    expect(runs.every(({ events }) => events < 250)).toBe(true);
  });

  it('is watched no more once a person has decided', async () => {
    const fake = fakeActivities({
      ensureTask: failingFirst(1, 'CvatLoginRefused', TASK),
      awaitLogin: failing('LoginPending'),
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await untilStatus(handle, ({ waitingFor }) => waitingFor === 'decision', sleep);
      await handle.executeUpdate(retryUpdate, { args: [{ by: 'tester' }] });
      await handle.result();
      const seen = fake.count('awaitLogin');
      await temporal.env.sleep('1 hour');
      expect(fake.count('awaitLogin')).toBe(seen);
    });
  });

  it('lets the iteration be cancelled while it waits', async () => {
    const fake = fakeActivities({
      ensureTask: failing('CvatLoginRefused'),
      awaitLogin: failing('LoginPending'),
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await untilStatus(handle, ({ waitingFor }) => waitingFor === 'decision', sleep);
      await handle.cancel();
      await expect(handle.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    });
  });
});
