import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { failureFrom } from '../../src/activities/to-failure.ts';
import { MaskloopError } from '../../src/contracts/error.ts';
import { retryUpdate } from '../../src/contracts/messages.ts';
import { fakeActivities, type FakeActivities } from '../kit/fake-activities.ts';
import { startIteration, untilStatus } from '../kit/start-iteration.ts';
import { withRig } from '../kit/temporal/rig.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';
import { startTimeSkipping } from '../kit/temporal/time-skipping.ts';

const INES = { by: 'ines' };

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startTimeSkipping();
});
afterAll(async () => temporal.close());

/** Runs an iteration whose training is refused the first time it is asked for, and tried again by a person. */
async function runRefusedOnce(refusal: MaskloopError): Promise<FakeActivities> {
  let asked = 0;
  const well = fakeActivities().activities;
  const fake = fakeActivities({
    startTraining: async (args) => {
      if (asked++ === 0) throw failureFrom(refusal);
      return well.startTraining(args);
    },
  });
  await withRig(temporal, { activities: fake.activities }, async (rig) => {
    const handle = await startIteration(rig);
    await untilStatus(handle, ({ waitingFor, turn }) => waitingFor === 'decision' && turn == null, sleep);
    await handle.executeUpdate(retryUpdate, { args: [INES] });
    await handle.result();
  });
  return fake;
}

describe('a training that is refused when it is asked for', () => {
  it('since it would read other labels than were compared is prepared anew', async () => {
    const fake = await runRefusedOnce(new MaskloopError('TrainingSetDiffers', 'wiped'));
    expect([fake.count('submitLabels'), fake.count('checkTrainingSet')]).toEqual([2, 3]);
  });

  it('since another model is published than was measured leaves its turn and measures anew', async () => {
    const fake = await runRefusedOnce(new MaskloopError('ModelChanged', 'another one'));
    expect([fake.count('measureModel'), fake.count('checkTrainingSet')]).toEqual([2, 3]);
    const told = ['putBackModel', 'measureModel', 'startTraining', 'stopTraining'];
    expect(fake.calls.filter((name) => told.includes(name))).toEqual([
      'measureModel',
      'startTraining',
      // What of ours may be published is put back; that of others stays.
      'putBackModel',
      'measureModel',
      'startTraining',
    ]);
  });
});
