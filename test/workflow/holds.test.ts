import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { failureFrom } from '../../src/activities/to-failure.ts';
import { MaskloopError } from '../../src/contracts/error.ts';
import {
  approveUpdate,
  declineUpdate,
  extendUpdate,
  pauseSignal,
  reassignUpdate,
  resumeSignal,
  retryUpdate,
  sealUpdate,
  skipUpdate,
  statusQuery,
  wakeSignal,
} from '../../src/contracts/messages.ts';
import { fakeActivities, TASK } from '../kit/fake-activities.ts';
import { heldFor } from '../kit/held-server.ts';
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

describe('a held server', () => {
  it('is shown at once with time and note, asks nobody, and is waited for until the hold ends', async () => {
    const hold = await heldFor(temporal, 2);
    let tries = 0;
    const fake = fakeActivities({
      ensureTask: async () => {
        tries += 1;
        await hold.asked();
        return TASK;
      },
    });
    const told: string[] = [];
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      const status = await untilStatus(handle, ({ waitingFor }) => waitingFor === 'server', sleep);
      expect(status.trouble).toMatchObject({
        code: 'OnHold',
        message: `CVAT of the connection default is on hold until ${hold.until} by operator: it moves`,
        facts: { until: hold.until, note: 'it moves' },
      });
      expect(status.choices).toEqual(['retry', 'cancel']);
      told.push(status.trouble?.since ?? '');
      const before = tries;
      expect(before).toBe(1);
      await temporal.env.sleep('110 minutes');
      const still = await handle.query(statusQuery);
      expect([still.waitingFor, still.trouble?.since]).toEqual(['server', told[0]]);
      await temporal.env.sleep('15 minutes');
      await handle.result();
    });
    // Two hours in steps of five minutes, and one after.
    expect(tries).toBeLessThan(30);
  });

  it('is looked at again when somebody is woken: the hold was ended before its time', async () => {
    const hold = await heldFor(temporal, 20);
    const fake = fakeActivities({
      checkCompletion: async () => {
        await hold.asked();
        throw failureFrom(new MaskloopError('AnnotationPending', '1 of 2 jobs', { retryAfterMs: 60_000 }));
      },
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await untilStatus(handle, ({ waitingFor }) => waitingFor === 'server', sleep);
      hold.end();
      await handle.signal(wakeSignal);
      const status = await untilStatus(handle, ({ waitingFor }) => waitingFor === 'people', sleep);
      expect(status.trouble).toBeNull();
    });
  });

  it('is named to whoever asks for what cannot be done meanwhile, at once', async () => {
    const hold = await heldFor(temporal, 20);
    let reassigned = 0;
    const fake = fakeActivities({
      checkCompletion: hold.asked as never,
      reassignJobs: async () => {
        reassigned += 1;
        await hold.asked();
        return { jobs: [1] };
      },
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await untilStatus(handle, ({ waitingFor }) => waitingFor === 'server', sleep);
      const because = expect.stringContaining(`on hold until ${hold.until} by operator: it moves`);
      const by = { by: 'ines' };
      const refused = async (code: string, asked: Promise<unknown>) =>
        expect(asked).rejects.toMatchObject({ cause: { type: code, message: because } });
      await refused('NotApprovable', handle.executeUpdate(approveUpdate, { args: [{ ...by, carry: false }] }));
      await refused('NotApprovable', handle.executeUpdate(declineUpdate, { args: [by] }));
      await refused('NotSkippable', handle.executeUpdate(skipUpdate, { args: [by] }));
      await refused('NothingToSeal', handle.executeUpdate(sealUpdate, { args: [by] }));
      const jobs = { from: 'anna', to: 'ben', job: null };
      await refused('OnHold', handle.executeUpdate(reassignUpdate, { args: [{ ...by, ...jobs }] }));
      expect(reassigned).toBe(1);
    });
  });

  it('keeps nobody from giving more time, pausing and cancelling, which count at once', async () => {
    const hold = await heldFor(temporal, 20);
    const fake = fakeActivities({ checkCompletion: hold.asked as never });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await untilStatus(handle, ({ waitingFor }) => waitingFor === 'server', sleep);
      const by = { by: 'ines' };
      const until = new Date((await temporal.env.currentTimeMs()) + 48 * 3_600_000).toISOString();
      const looks = fake.count('checkCompletion');
      await handle.executeUpdate(extendUpdate, { args: [{ ...by, until, byMs: null }] });
      // More time has the jobs looked at.
      await untilCalled(fake, 'checkCompletion', looks + 1);
      await untilStatus(handle, ({ waitingFor }) => waitingFor === 'server', sleep);
      expect((await handle.query(statusQuery)).deadline).toMatchObject({ at: until });
      await handle.signal(pauseSignal, by);
      expect(await untilStatus(handle, ({ waitingFor }) => waitingFor === 'resume', sleep)).toMatchObject({
        paused: true,
      });
      await handle.signal(resumeSignal, by);
      // What is held is still shown as such.
      const held = await untilStatus(handle, ({ waitingFor }) => waitingFor === 'server', sleep);
      expect(held.trouble).toMatchObject({ code: 'OnHold' });
      const tries = fake.count('checkCompletion');
      await handle.executeUpdate(retryUpdate, { args: [by] });
      await untilCalled(fake, 'checkCompletion', tries + 1);
      await untilStatus(handle, ({ trouble }) => trouble?.code === 'OnHold', sleep);
      await handle.cancel();
      await expect(handle.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    });
  });
});
