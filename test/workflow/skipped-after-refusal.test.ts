import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FailureCode } from '../../src/contracts/failures.ts';
import type { IterationResults, StepRecord } from '../../src/contracts/iteration.ts';
import { pauseSignal, resumeSignal, retryUpdate, skipUpdate, statusQuery } from '../../src/contracts/messages.ts';
import { CHANGED_SET } from '../kit/changed-set.ts';
import { failing } from '../kit/failing.ts';
import { fakeActivities, TRAINING_SET, type FakeActivities } from '../kit/fake-activities.ts';
import { startIteration, untilAsked, untilStatus, type IterationHandle } from '../kit/start-iteration.ts';
import { withRig } from '../kit/temporal/rig.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';
import { startTimeSkipping } from '../kit/temporal/time-skipping.ts';

const INES = { by: 'ines' };

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startTimeSkipping();
});
afterAll(async () => temporal.close());

/** What of an iteration fails once its first training has ended. */
type Second = 'submitLabels' | 'checkTrainingSet' | 'putBackModel';

/** Activities whose first training is refused since its training set has changed, and where `second` fails from then on. */
function refusedOnce(second: Second, code: FailureCode): FakeActivities {
  const well = fakeActivities().activities;
  const state = { hasEnded: false };
  const then = async (name: Second): Promise<void> => {
    if (state.hasEnded && name === second) await failing(code)();
  };
  return fakeActivities({
    submitLabels: async (args) => then('submitLabels').then(async () => well.submitLabels(args)),
    putBackModel: async (args) => then('putBackModel').then(async () => well.putBackModel(args)),
    checkTrainingSet: async ({ began }) => {
      if (began === undefined) return then('checkTrainingSet').then(() => TRAINING_SET);
      state.hasEnded = true;
      return CHANGED_SET;
    },
  });
}

interface Left {
  readonly results: IterationResults;
  readonly outcomes: Readonly<Record<string, StepRecord['outcome']>>;
}

async function leftBy(handle: IterationHandle): Promise<Left> {
  const { results, steps } = await handle.query(statusQuery);
  return { results, outcomes: Object.fromEntries(steps.map(({ step, outcome }) => [step, outcome])) };
}

/** Nothing of a model that was refused is measured, published, or claimed on the receipt. */
function expectLeft(fake: FakeActivities, { results, outcomes }: Left): void {
  expect([fake.count('evaluateModel'), fake.count('promoteModel')]).toEqual([0, 0]);
  expect(outcomes).toMatchObject({ train: 'skipped', evaluate: 'skipped' });
  expect([results.model, results.trainingSetAfter]).toEqual([undefined, undefined]);
}

describe('a model that was refused, since what it was trained on had changed', () => {
  it.each<[Second, FailureCode]>([
    ['submitLabels', 'LabelConflict'],
    ['checkTrainingSet', 'TrainingSetDiffers'],
  ])('stays unpublished where the next try fails in %s with %s and is skipped', async (second, code) => {
    const fake = refusedOnce(second, code);
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await untilAsked(handle, 'TrainingSetChanged', sleep);
      await handle.executeUpdate(retryUpdate, { args: [INES] });
      const { results } = await untilAsked(handle, code, sleep);
      // Nobody is shown a model, or a difference, that is no longer in question.
      expect([results.model, results.trainingSetAfter]).toEqual([undefined, undefined]);
      await handle.executeUpdate(skipUpdate, { args: [INES] });
      await handle.result();
      const left = await leftBy(handle);
      expectLeft(fake, left);
      expect(left.results.promotion).toMatchObject({ outcome: 'put back', published: 'SHA256:bb' });
    });
    expect(fake.count('startTraining')).toBe(1);
  });

  it('is told as not known where it could not be put back before the next try, and that is skipped', async () => {
    const fake = refusedOnce('putBackModel', 'UnexpectedFailure');
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await untilAsked(handle, 'TrainingSetChanged', sleep);
      await handle.executeUpdate(retryUpdate, { args: [INES] });
      const { turn } = await untilAsked(handle, 'UnexpectedFailure', sleep);
      expect(turn).toMatchObject({ hasTurn: true });
      await handle.executeUpdate(skipUpdate, { args: [INES] });
      await handle.result();
      const left = await leftBy(handle);
      expectLeft(fake, left);
      expect(left.results.promotion).toMatchObject({ outcome: 'not known', checksum: 'SHA256:cc', published: null });
    });
  });

  it('that somebody else has replaced since is not put over theirs, and the receipt says so', async () => {
    const fake = refusedOnce('putBackModel', 'ModelReplaced');
    const { submitLabels } = fake.activities;
    let submits = 0;
    const activities = {
      ...fake.activities,
      submitLabels: async (args: Parameters<typeof submitLabels>[0]) =>
        submits++ === 0 ? submitLabels(args) : failing('LabelConflict')(),
    };
    await withRig(temporal, { activities }, async (rig) => {
      const handle = await startIteration(rig);
      await untilAsked(handle, 'TrainingSetChanged', sleep);
      await handle.executeUpdate(retryUpdate, { args: [INES] });
      await untilAsked(handle, 'LabelConflict', sleep);
      await handle.executeUpdate(skipUpdate, { args: [INES] });
      await handle.result();
      const left = await leftBy(handle);
      expectLeft(fake, left);
      expect(left.results.promotion).toMatchObject({ outcome: 'not known', published: null });
    });
  });

  it('stays unpublished where the next try is paused, resumed, and cancelled', async () => {
    const fake = refusedOnce('submitLabels', 'LabelConflict');
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await untilAsked(handle, 'TrainingSetChanged', sleep);
      await handle.executeUpdate(retryUpdate, { args: [INES] });
      await untilAsked(handle, 'LabelConflict', sleep);
      await handle.signal(pauseSignal, INES);
      await handle.executeUpdate(retryUpdate, { args: [INES] });
      await untilStatus(handle, ({ waitingFor }) => waitingFor === 'resume', sleep);
      await handle.signal(resumeSignal, INES);
      await untilAsked(handle, 'LabelConflict', sleep);
      await handle.cancel();
      await expect(handle.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
      const { results } = await leftBy(handle);
      expect(results.promotion).toMatchObject({ outcome: 'put back', published: 'SHA256:bb' });
    });
    expect([fake.count('evaluateModel'), fake.count('promoteModel')]).toEqual([0, 0]);
  });
});

describe('a model whose training set could not be compared after the training', () => {
  it('is put back where somebody skips, instead of being taken for unchanged', async () => {
    const well = fakeActivities().activities;
    const fake = fakeActivities({
      checkTrainingSet: async (args) =>
        args.began === undefined ? well.checkTrainingSet(args) : failing('ArtifactCorrupt')(),
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await untilAsked(handle, 'ArtifactCorrupt', sleep);
      await handle.executeUpdate(skipUpdate, { args: [INES] });
      await handle.result();
      const left = await leftBy(handle);
      expectLeft(fake, left);
      expect(left.results.promotion).toMatchObject({ outcome: 'put back', published: 'SHA256:bb' });
    });
  });
});
