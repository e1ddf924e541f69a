import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Context, sleep as activitySleep } from '@temporalio/activity';
import { pauseSignal, retryUpdate, skipUpdate, statusQuery, wakeSignal } from '../../src/contracts/messages.ts';
import { failing } from '../kit/failing.ts';
import { fakeActivities } from '../kit/fake-activities.ts';
import { heldFor, type HeldServerOfTest } from '../kit/held-server.ts';
import { startIteration, untilStatus, type IterationHandle } from '../kit/start-iteration.ts';
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

/** An iteration whose training runs on until it is stopped, which a held MONAI Label keeps anybody from. */
function trainingUntilStopped(hold: () => HeldServerOfTest, changes: Parameters<typeof fakeActivities>[0] = {}) {
  const training = { watched: false, runs: true };
  const asked = async (): Promise<void> => hold().asked();
  const fake = fakeActivities({
    watchTraining: async () => {
      training.watched = true;
      return untilCancelled();
    },
    stopTraining: async () => {
      await asked();
      training.runs = false;
    },
    probeTrainer: asked,
    ...changes,
  });
  return { fake, training };
}

const isHeld = ({ trouble }: Awaited<ReturnType<typeof untilStatus>>): boolean => trouble?.code === 'OnHold';

async function cancelInTraining(handle: IterationHandle, training: { readonly watched: boolean }): Promise<void> {
  while (!training.watched) await sleep(20);
  await handle.cancel();
}

const CANCELLED = { cause: { name: 'CancelledFailure' } };

describe('an iteration that is cancelled while MONAI Label is held', () => {
  it('ends its training when the hold is over, however long that was, and says meanwhile what it waits for', async () => {
    let hold: HeldServerOfTest;
    const { fake, training } = trainingUntilStopped(() => hold);
    const { runs } = await withRig(temporal, { activities: fake.activities, worker: ATTENTIVE }, async (rig) => {
      hold = await heldFor(temporal, 4, 'monai');
      const handle = await startIteration(rig);
      await cancelInTraining(handle, training);
      const status = await untilStatus(handle, isHeld, sleep);
      expect(status).toMatchObject({
        step: 'train',
        waitingFor: 'server',
        cancelled: true,
        choices: ['retry'],
        trouble: { facts: { until: hold.until, note: 'it moves' } },
      });
      await temporal.env.sleep('3 hours');
      expect(await handle.query(statusQuery)).toMatchObject({ since: status.since, trouble: status.trouble });
      expect(training.runs).toBe(true);
      await expect(handle.result()).rejects.toMatchObject(CANCELLED);
      expect(training.runs).toBe(false);
      expect(await handle.query(statusQuery)).toMatchObject({ cancelled: true, trouble: null });
    });
    // It was refused once, and worked at once when it was tried again.
    expect(fake.count('stopTraining')).toBe(2);
    // Hundreds of looks, and no line of history for them.
    expect(fake.count('probeTrainer')).toBeGreaterThan(4 * 50);
    expect(runs.map(({ events }) => events).filter((events) => events > 220)).toEqual([]);
  });

  it('ends it within a minute where the hold is ended before its time, and at once if it is woken', async () => {
    let hold: HeldServerOfTest;
    const { fake, training } = trainingUntilStopped(() => hold);
    await withRig(temporal, { activities: fake.activities, worker: ATTENTIVE }, async (rig) => {
      hold = await heldFor(temporal, 100, 'monai');
      const handle = await startIteration(rig);
      await cancelInTraining(handle, training);
      await untilCalled(fake, 'probeTrainer', 1);
      // Whoever wakes it, or retries, too early changes nothing.
      await handle.signal(wakeSignal);
      await untilCalled(fake, 'probeTrainer', 2);
      await handle.executeUpdate(retryUpdate, { args: [INES] });
      await untilCalled(fake, 'probeTrainer', 3);
      await untilStatus(handle, isHeld, sleep);
      hold.end();
      await handle.signal(wakeSignal);
      await expect(handle.result()).rejects.toMatchObject(CANCELLED);
    });
    expect(training.runs).toBe(false);
    expect(fake.count('stopTraining')).toBeGreaterThan(2);
  });

  it('is neither paused nor skipped then', async () => {
    let hold: HeldServerOfTest;
    const { fake, training } = trainingUntilStopped(() => hold);
    await withRig(temporal, { activities: fake.activities, worker: ATTENTIVE }, async (rig) => {
      hold = await heldFor(temporal, 1, 'monai');
      const handle = await startIteration(rig);
      await cancelInTraining(handle, training);
      await untilStatus(handle, isHeld, sleep);
      await handle.signal(pauseSignal, INES);
      await expect(handle.executeUpdate(skipUpdate, { args: [INES] })).rejects.toMatchObject({
        cause: { type: 'NotSkippable' },
      });
      expect(await handle.query(statusQuery)).toMatchObject({ paused: false });
      await expect(handle.result()).rejects.toMatchObject(CANCELLED);
    });
    expect(training.runs).toBe(false);
  });

  it('gives up as before where MONAI Label is away after the hold, and shows that instead of the hold', async () => {
    let hold: HeldServerOfTest;
    const away = failing('MonaiUnreachable');
    const afterHold = async (): Promise<void> => {
      await hold.asked();
      await away();
    };
    const { fake, training } = trainingUntilStopped(() => hold, { stopTraining: afterHold, probeTrainer: afterHold });
    await withRig(temporal, { activities: fake.activities, worker: ATTENTIVE }, async (rig) => {
      hold = await heldFor(temporal, 2, 'monai');
      const handle = await startIteration(rig);
      await cancelInTraining(handle, training);
      await expect(handle.result()).rejects.toMatchObject(CANCELLED);
      expect(await handle.query(statusQuery)).toMatchObject({ trouble: { code: 'MonaiUnreachable' } });
    });
    expect(fake.count('stopTraining')).toBeGreaterThan(20);
  });

  it('publishes the model from before again when the hold is over, where nobody had decided on the new one', async () => {
    let hold: HeldServerOfTest;
    let evaluates = false;
    let published = 'the new one';
    const fake = fakeActivities({
      evaluateModel: async () => {
        evaluates = true;
        for (;;) {
          Context.current().heartbeat();
          await activitySleep(50);
        }
      },
      putBackModel: async (args) => {
        await hold.asked();
        published = 'the one before';
        return fakeActivities().activities.putBackModel(args);
      },
      probeTrainer: async () => hold.asked(),
    });
    await withRig(temporal, { activities: fake.activities, worker: ATTENTIVE }, async (rig) => {
      hold = await heldFor(temporal, 5, 'monai');
      const handle = await startIteration(rig);
      while (!evaluates) await sleep(20);
      await handle.cancel();
      await untilStatus(handle, isHeld, sleep);
      expect(published).toBe('the new one');
      await expect(handle.result()).rejects.toMatchObject(CANCELLED);
    });
    expect(published).toBe('the one before');
    expect(fake.count('putBackModel')).toBe(2);
  });
});
