import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { failureFrom } from '../../src/activities/to-failure.ts';
import { MaskloopError } from '../../src/contracts/error.ts';
import { retryUpdate, skipUpdate, statusQuery } from '../../src/contracts/messages.ts';
import { fakeActivities, SEAL, TASK } from '../kit/fake-activities.ts';
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

describe('an iteration', () => {
  it('does every step once and in order, and ends with a receipt', async () => {
    const fake = fakeActivities();
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      expect(await handle.result()).toHaveProperty('receipt.sha256');
      const status = await handle.query(statusQuery);
      expect(status).toMatchObject({ step: 'done', waitingFor: 'nothing', choices: [] });
      expect(status.steps.map(({ step, outcome }) => `${step} ${outcome}`)).toEqual([
        'convert done',
        'upload done',
        'wait done',
        'collect done',
        'train done',
        'evaluate done',
        'receipt done',
      ]);
    });
    expect(fake.calls).toEqual([
      'planConversion',
      'convertShard',
      'convertShard',
      'assembleDataset',
      'checkModel',
      'ensureTask',
      'matchLabels',
      'guardTask',
      'importPreannotations',
      'verifyImport',
      'checkCompletion',
      'awaitQuiet',
      'sealLabels',
      'exportLabels',
      'compareLabels',
      'requestTurn',
      'submitCorrections',
      'submitLabels',
      'checkSeal',
      'measureModel',
      'checkTrainingSet',
      'startTraining',
      'watchTraining',
      'checkTrainingSet',
      'evaluateModel',
      'promoteModel',
      'checkSeal',
      'recordReceipt',
    ]);
  });

  it('guards the task anew after an import that was found wrong', async () => {
    const imported = { shapes: 4, sha256: 'bb', adopted: false };
    const verifyImport = failingFirst(1, 'ImportNotVerified', imported);
    const fake = fakeActivities({ verifyImport });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      const { trouble, results } = await attention(handle);
      expect(trouble?.code).toBe('ImportNotVerified');
      expect(results.guard).toBeUndefined();
      await handle.executeUpdate(retryUpdate, { args: [INES] });
      await handle.result();
    });
    expect([fake.count('guardTask'), fake.count('importPreannotations')]).toEqual([2, 2]);
  });

  it('ends after the labels where no training is asked for', async () => {
    const fake = fakeActivities();
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig, { training: null });
      await handle.result();
      const { steps } = await handle.query(statusQuery);
      expect(steps.find(({ step }) => step === 'train')?.outcome).toBe('skipped');
    });
    expect(fake.count('startTraining') + fake.count('evaluateModel')).toBe(0);
  });

  it('finds people before anything is imported, and gives them jobs when the import is verified', async () => {
    const fake = fakeActivities({ findPeople: failingFirst(1, 'PersonNotFound', [{ id: 4, username: 'anna' }]) });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig, { people: ['anna'], training: null });
      expect(await attention(handle)).toMatchObject({ step: 'upload', trouble: { code: 'PersonNotFound' } });
      expect(fake.count('ensureTask')).toBe(0);
      await handle.executeUpdate(retryUpdate, { args: [INES] });
      await handle.result();
      const { results } = await handle.query(statusQuery);
      expect(results.assignment?.people).toEqual([{ username: 'anna', jobs: 1, frames: 2 }]);
      expect(results.labelTable?.classes).toBe(1);
    });
    expect(fake.calls.indexOf('assignJobs')).toBe(fake.calls.indexOf('verifyImport') + 1);
  });

  it('hands the number of the training on and never trains twice by itself', async () => {
    const fake = fakeActivities({ watchTraining: failing('TrainingFailed') });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      const status = await attention(handle);
      expect(status).toMatchObject({ step: 'train', choices: ['retry', 'skip', 'cancel'] });
      expect(fake.count('startTraining')).toBe(1);
      await handle.executeUpdate(retryUpdate, { args: [INES] });
      const again = await untilStatus(
        handle,
        (now) => now.waitingFor === 'decision' && now.since > status.since,
        sleep,
      );
      expect(again.results.training?.runName).toBe('run-2');
      await handle.executeUpdate(skipUpdate, { args: [INES] });
      await handle.result();
    });
    expect(fake.count('startTraining')).toBe(2);
    expect(fake.count('evaluateModel')).toBe(0);
  });
});

describe('attention', () => {
  it('is shown with its facts and waits for a retry, which does the whole step again', async () => {
    const fake = fakeActivities({
      guardTask: failingFirst(1, 'TaskHoldsOtherShapes', {
        holds: 'nothing',
        previousImport: null,
        leftOut: { frames: 0, shapes: 0 },
      }),
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      const status = await attention(handle);
      expect(status).toMatchObject({
        step: 'upload',
        trouble: { code: 'TaskHoldsOtherShapes', message: 'it is TaskHoldsOtherShapes', facts: { task: 7 } },
      });
      expect(fake.count('importPreannotations')).toBe(0);
      await handle.executeUpdate(retryUpdate, { args: [INES] });
      await handle.result();
    });
    expect(fake.count('ensureTask')).toBe(2);
    expect(fake.count('importPreannotations')).toBe(1);
  });

  it('is asked about a failure that nobody named, after a few tries', async () => {
    const fake = fakeActivities({
      planConversion: async () => {
        throw new TypeError('x is not a function');
      },
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      // Only awaiting a result lets the test server skip the time between tries.
      const skipping = temporal.env.sleep('10 minutes');
      const status = await attention(handle);
      await skipping;
      expect(status.trouble).toMatchObject({ code: 'UnexpectedFailure', message: 'TypeError: x is not a function' });
    });
    expect(fake.count('planConversion')).toBe(8);
  });

  it('goes on without pre-annotations when the upload is skipped', async () => {
    const fake = fakeActivities({ ensureTask: failingFirst(1, 'TaskAmbiguous', TASK) });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await attention(handle);
      await handle.executeUpdate(skipUpdate, { args: [INES] });
      await handle.result();
    });
    expect(fake.count('importPreannotations')).toBe(0);
    expect(fake.count('recordReceipt')).toBe(1);
  });

  it('refuses to skip what cannot be skipped, and decisions that nobody asked for', async () => {
    const fake = fakeActivities({ checkCompletion: failingFirst(1, 'JobsMissing', { jobs: 2, completedAt: '' }) });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      expect((await attention(handle)).choices).toEqual(['retry', 'cancel']);
      await expect(handle.executeUpdate(skipUpdate, { args: [INES] })).rejects.toMatchObject({
        cause: { type: 'NotSkippable' },
      });
      await handle.executeUpdate(retryUpdate, { args: [INES] });
      await handle.result();
    });
    await withRig(
      temporal,
      { activities: fakeActivities({ checkCompletion: failing('AnnotationPending') }).activities },
      async (rig) => {
        const handle = await startIteration(rig);
        await untilStatus(handle, ({ waitingFor }) => waitingFor === 'people', sleep);
        await expect(handle.executeUpdate(retryUpdate, { args: [INES] })).rejects.toMatchObject({
          cause: { type: 'NothingToDecide' },
        });
      },
    );
  });
});

describe('a reopened job', () => {
  it('sends the iteration back to waiting for people, and the poll is told which it is', async () => {
    let reads = 0;
    const told: unknown[] = [];
    const fake = fakeActivities({
      checkCompletion: async ({ terms }) => {
        told.push(terms?.reopened);
        return { jobs: 2, completedAt: '2026-01-31T00:00:00.000Z' };
      },
      sealLabels: async () => {
        reads += 1;
        if (reads === 1)
          throw failureFrom(new MaskloopError('TaskReopened', 'reopened', { facts: { jobs: [2] } }), true);
        return SEAL;
      },
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await handle.result();
      const { steps } = await handle.query(statusQuery);
      expect(steps.map(({ step }) => step)).toEqual([
        'convert',
        'upload',
        'wait',
        'collect',
        'train',
        'evaluate',
        'receipt',
      ]);
    });
    expect(told).toEqual([undefined, [2]]);
  });
});
