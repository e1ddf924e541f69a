import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { failureFrom } from '../../src/activities/to-failure.ts';
import { MaskloopError } from '../../src/contracts/error.ts';
import { approveUpdate, retryUpdate, skipUpdate, statusQuery } from '../../src/contracts/messages.ts';
import type { SetDecisions, TrainingSetRef } from '../../src/contracts/training-set.ts';
import { CHANGED_SET } from '../kit/changed-set.ts';
import { fakeActivities, TRAINING_SET } from '../kit/fake-activities.ts';
import { startIteration, untilStatus, type IterationHandle } from '../kit/start-iteration.ts';
import { withRig } from '../kit/temporal/rig.ts';
import { startTimeSkipping } from '../kit/temporal/time-skipping.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';
import { untilCalled } from '../kit/until-called.ts';

const ANNA = { by: 'anna' };
const DIGEST = 'ab'.repeat(32);

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startTimeSkipping();
});
afterAll(async () => temporal.close());

async function attention(handle: IterationHandle) {
  return untilStatus(handle, ({ waitingFor }) => waitingFor === 'decision', sleep);
}

/** A check that fails as long as nobody has decided, and notes what it was told. */
function undecided(facts: Record<string, string>, told: (SetDecisions | undefined)[]) {
  return async ({ decisions, began }: { decisions?: SetDecisions; began?: TrainingSetRef }) => {
    if (began !== undefined) return TRAINING_SET;
    told.push(decisions);
    if (decisions?.putBack === true) return TRAINING_SET;
    throw failureFrom(new MaskloopError('TrainingSetDiffers', 'one does not belong there', { facts }));
  };
}

describe('a training set that differs', () => {
  it('waits for somebody who approves exactly what was found, and then trains', async () => {
    const told: (SetDecisions | undefined)[] = [];
    const fake = fakeActivities({ checkTrainingSet: undecided({ approves: DIGEST }, told) });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      expect(await attention(handle)).toMatchObject({
        step: 'train',
        trouble: { code: 'TrainingSetDiffers' },
        choices: ['retry', 'approve', 'skip', 'cancel'],
      });
      expect(fake.count('startTraining')).toBe(0);
      await handle.executeUpdate(approveUpdate, { args: [{ ...ANNA, carry: false }] });
      await handle.result();
      const { results } = await handle.query(statusQuery);
      expect(results.trainingSet?.version).toBe(1);
    });
    expect(told[0]).toEqual({ putBack: false, approved: [] });
    expect(told[1]).toEqual({ putBack: true, approved: [DIGEST] });
  });

  it('is put back after a retry, and is nothing to approve where it may not be', async () => {
    const told: (SetDecisions | undefined)[] = [];
    const fake = fakeActivities({ checkTrainingSet: undecided({}, told) });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      expect((await attention(handle)).choices).toEqual(['retry', 'skip', 'cancel']);
      await expect(handle.executeUpdate(approveUpdate, { args: [{ ...ANNA, carry: false }] })).rejects.toMatchObject({
        cause: { type: 'NotApprovable' },
      });
      await handle.executeUpdate(retryUpdate, { args: [ANNA] });
      await handle.result();
    });
    expect(told[1]).toEqual({ putBack: true, approved: [] });
  });
});

describe('the look after a training', () => {
  it('is told which set the training began with', async () => {
    const told: unknown[] = [];
    const fake = fakeActivities({
      checkTrainingSet: async ({ began }) => {
        told.push(began);
        return { ...TRAINING_SET, version: 7 };
      },
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => (await startIteration(rig)).result());
    expect(told).toEqual([undefined, { ...TRAINING_SET, version: 7 }]);
  });
});

describe('a training set that changed during the training', () => {
  const changedOnce = () => {
    let looks = 0;
    return async ({ began }: { began?: TrainingSetRef }) => {
      return began === undefined || looks++ > 0 ? TRAINING_SET : CHANGED_SET;
    };
  };

  it('is trained on anew after a retry, under another number', async () => {
    const fake = fakeActivities({ checkTrainingSet: changedOnce() });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      const { trouble, results } = await attention(handle);
      expect(trouble).toMatchObject({ code: 'TrainingSetChanged', facts: { count: 1 } });
      expect(results.trainingSetAfter?.differs?.count).toBe(1);
      await handle.executeUpdate(retryUpdate, { args: [ANNA] });
      await handle.result();
      const done = await handle.query(statusQuery);
      expect(done.results.training?.runName).toBe('run-2');
      expect(done.results.trainingSetAfter?.differs).toBeUndefined();
    });
    expect(fake.count('startTraining')).toBe(2);
  });

  it('is told on the receipt, and the model, put back meanwhile, still goes through the evaluation where somebody skips', async () => {
    const fake = fakeActivities({ checkTrainingSet: changedOnce() });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await attention(handle);
      await untilCalled(fake, 'putBackModel', 1);
      expect(fake.count('putBackModel')).toBe(1);
      await handle.executeUpdate(skipUpdate, { args: [ANNA] });
      await handle.result();
      const { results } = await handle.query(statusQuery);
      expect(results.trainingSetAfter?.differs).toEqual(CHANGED_SET.differs);
    });
    expect([fake.count('startTraining'), fake.count('evaluateModel')]).toEqual([1, 1]);
  });
});
