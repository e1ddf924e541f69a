import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FailureCode } from '../../src/contracts/failures.ts';
import { retryUpdate, skipUpdate, statusQuery } from '../../src/contracts/messages.ts';
import { CHANGED_SET } from '../kit/changed-set.ts';
import { failing } from '../kit/failing.ts';
import { fakeActivities, TRAINING_SET, type FakeActivities } from '../kit/fake-activities.ts';
import { startIteration, untilAsked, untilStatus } from '../kit/start-iteration.ts';
import { withRig } from '../kit/temporal/rig.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';
import { startTimeSkipping } from '../kit/temporal/time-skipping.ts';

const INES = { by: 'ines' };

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startTimeSkipping();
});
afterAll(async () => temporal.close());

/** Activities whose first training fails with a code, and whose stops are noted: the number of the training, and whether it is known to have ended. */
function failingOnce(code: FailureCode, stop: () => Promise<void> = async () => undefined) {
  const well = fakeActivities().activities;
  const stops: (readonly [number, boolean | undefined])[] = [];
  let watched = 0;
  let looks = 0;
  const fake: FakeActivities = fakeActivities({
    watchTraining: async (args) => {
      watched += 1;
      return watched === 1 && code !== 'TrainingSetChanged' ? failing(code)() : well.watchTraining(args);
    },
    checkTrainingSet: async ({ began }) => {
      const changed = code === 'TrainingSetChanged' && began !== undefined && looks++ === 0;
      return changed ? CHANGED_SET : TRAINING_SET;
    },
    stopTraining: async ({ tryNumber, hasEnded }) => {
      stops.push([tryNumber, hasEnded]);
      await stop();
    },
  });
  return { fake, stops };
}

describe('a training that is to be ended', () => {
  it.each<[FailureCode, boolean]>([
    ['TrainingSetChanged', true],
    ['TrainingStalled', false],
  ])('before the next one, after %s: that it has ended is known: %s', async (code, isKnown) => {
    const { fake, stops } = failingOnce(code);
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await untilAsked(handle, code, sleep);
      await handle.executeUpdate(retryUpdate, { args: [INES] });
      await handle.result();
    });
    expect(stops).toEqual([[1, isKnown]]);
  });

  it('with a cancelled iteration is not waited for where it is known to have ended', async () => {
    const { fake, stops } = failingOnce('TrainingFailed');
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await untilAsked(handle, 'TrainingFailed', sleep);
      await handle.cancel();
      await expect(handle.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    });
    expect(stops).toEqual([[1, true]]);
  });
});

describe('an earlier training that lives on though its server has forgotten it', () => {
  it('keeps the turn while a person is asked, and the next one begins once it has ended', async () => {
    let livesOn = true;
    const { fake } = failingOnce('TrainingStalled', async () => (livesOn ? failing('TrainingRunsOn')() : undefined));
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await untilAsked(handle, 'TrainingStalled', sleep);
      await handle.executeUpdate(retryUpdate, { args: [INES] });
      await untilAsked(handle, 'TrainingRunsOn', sleep);
      // Long enough for the turn to be given back, were it to be.
      await temporal.env.sleep('1 minute');
      expect((await handle.query(statusQuery)).turn).toMatchObject({ hasTurn: true });
      expect(fake.count('startTraining')).toBe(1);
      livesOn = false;
      await handle.executeUpdate(retryUpdate, { args: [INES] });
      await handle.result();
    });
    expect([fake.count('requestTurn'), fake.count('startTraining')]).toEqual([1, 2]);
  });

  it('and has ended by the time the iteration is cancelled leaves no doubt about the published model', async () => {
    let livesOn = true;
    const { fake } = failingOnce('TrainingStalled', async () => (livesOn ? failing('TrainingRunsOn')() : undefined));
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await untilAsked(handle, 'TrainingStalled', sleep);
      await handle.executeUpdate(skipUpdate, { args: [INES] });
      await untilAsked(handle, 'TrainingRunsOn', sleep);
      livesOn = false;
      await handle.cancel();
      await expect(handle.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
      const { results } = await handle.query(statusQuery);
      expect(results.promotion).toMatchObject({ outcome: 'put back', published: 'SHA256:bb' });
    });
  });

  it('and that a person no longer waits for is told on the receipt', async () => {
    const { fake } = failingOnce('TrainingStalled', failing('TrainingRunsOn'));
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await untilAsked(handle, 'TrainingStalled', sleep);
      await handle.executeUpdate(retryUpdate, { args: [INES] });
      for (const facts of [{ task: 7 }, { because: 'TrainingRunsOn' }]) {
        await untilStatus(
          handle,
          ({ waitingFor, trouble }) =>
            waitingFor === 'decision' && Object.entries(facts).every(([key, fact]) => trouble?.facts[key] === fact),
          sleep,
        );
        await handle.executeUpdate(skipUpdate, { args: [INES] });
      }
      await handle.result();
      const { results } = await handle.query(statusQuery);
      const reasons = [expect.stringMatching(/may still publish .*TrainingRunsOn/)];
      expect(results.promotion).toMatchObject({ outcome: 'not known', published: null, reasons });
    });
    expect([fake.count('startTraining'), fake.count('evaluateModel')]).toEqual([1, 0]);
  });
});
