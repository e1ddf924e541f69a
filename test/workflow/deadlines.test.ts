import { setTimeout as sleep } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IterationActivities } from '../../src/contracts/activities.ts';
import { approveUpdate, extendUpdate, statusQuery, wakeSignal } from '../../src/contracts/messages.ts';
import { failing } from '../kit/failing.ts';
import { fakeActivities } from '../kit/fake-activities.ts';
import { inDays, people, POLL_MS, receipts } from '../kit/waiting-people.ts';
import { startIteration, untilStatus, type IterationHandle } from '../kit/start-iteration.ts';
import { ATTENTIVE } from '../kit/temporal/attentive.ts';
import { withRig } from '../kit/temporal/rig.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';
import { startTimeSkipping } from '../kit/temporal/time-skipping.ts';

const DAY = 86_400_000;
const BY = { by: 'lead' };

let temporal: TestTemporal;
// One for each test: after a poll that was cancelled between two tries it never again skips time by itself.
beforeEach(async () => {
  temporal = await startTimeSkipping();
});
afterEach(async () => temporal.close());

/** Wakes an iteration from inside of an activity, which then goes on for as long as a cancellation takes to reach it. */
async function wakeNow(handle: IterationHandle): Promise<void> {
  await handle.signal(wakeSignal);
  const context = Context.current();
  for (let beats = 0; beats < 8; beats += 1) {
    context.heartbeat();
    await Promise.race([context.cancelled, sleep(50)]);
  }
}

describe('a deadline', () => {
  it('of three weeks is waited for in a short history, asks a person, and can be moved', async () => {
    let areDone = false;
    const work = people(temporal, () => (areDone ? 0 : Infinity));
    const { recordReceipt, written } = receipts();
    const fake = fakeActivities({ checkCompletion: work.checkCompletion, recordReceipt });
    const deadline = { at: await inDays(temporal, 21), afterMs: null, policy: 'attention' } as const;
    const { runs } = await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig, { completion: { rule: 'state', pollMs: POLL_MS, deadline } });
      const waiting = await untilStatus(handle, ({ waitingFor }) => waitingFor === 'people', sleep);
      expect(waiting.deadline).toEqual({ at: deadline.at, policy: 'attention' });
      await temporal.env.sleep('21 days');
      await temporal.env.sleep('1 minute');
      const asked = await untilStatus(handle, ({ waitingFor }) => waitingFor === 'decision', sleep);
      expect(asked).toMatchObject({ step: 'wait', trouble: { code: 'DeadlinePassed' } });
      expect(asked.choices).toEqual(['retry', 'extend', 'approve', 'cancel']);
      // A wake-up changes nothing about the question, nor since when it is asked.
      await handle.signal(wakeSignal);
      await temporal.env.sleep('2 hours');
      expect(await handle.query(statusQuery)).toMatchObject({ waitingFor: 'decision', since: asked.since });
      const answer = await handle.executeUpdate(extendUpdate, { args: [{ ...BY, until: null, byMs: 10 * DAY }] });
      const moved = await untilStatus(handle, ({ waitingFor }) => waitingFor === 'people', sleep);
      expect(moved).toMatchObject({ trouble: null, deadline: { at: answer.deadline } });
      areDone = true;
      await handle.signal(wakeSignal);
      await handle.result();
      expect((await handle.query(statusQuery)).deadline).toBeNull();
    });
    expect(runs).toHaveLength(1);
    expect(runs[0]?.events).toBeLessThan(300);
    expect(written[0]?.decisions).toMatchObject([
      { what: 'extend', by: 'lead', about: 'DeadlinePassed', detail: expect.stringMatching(/^until 20/) },
    ]);
    expect(work.terms.length).toBeGreaterThan(20 * 4);
  }, 240_000);

  it('that has passed does not stop people from completing the rest: it goes on by itself', async () => {
    const end = await inDays(temporal, 3);
    const work = people(temporal, () => Date.parse(end));
    const fake = fakeActivities({ checkCompletion: work.checkCompletion });
    const deadline = { at: await inDays(temporal, 1), afterMs: DAY, policy: 'attention' } as const;
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig, { completion: { rule: 'state', pollMs: POLL_MS, deadline } });
      await temporal.env.sleep('2 days');
      await untilStatus(handle, ({ waitingFor }) => waitingFor === 'decision', sleep);
      await handle.result();
    });
    expect(work.terms.at(-1)).toMatchObject({ policy: 'wait' });
  }, 240_000);

  it.each([
    [false, 'continue'],
    [true, 'carry'],
  ] as const)(
    'that a person lets pass (carry: %s) goes on with what is completed',
    async (carry, policy) => {
      const work = people(temporal, () => Infinity);
      const { recordReceipt, written } = receipts();
      const fake = fakeActivities({ checkCompletion: work.checkCompletion, recordReceipt });
      const deadline = { at: await inDays(temporal, 1), afterMs: null, policy: 'attention' } as const;
      await withRig(temporal, { activities: fake.activities }, async (rig) => {
        const handle = await startIteration(rig, { completion: { rule: 'state', pollMs: POLL_MS, deadline } });
        await temporal.env.sleep('25 hours');
        await untilStatus(handle, ({ waitingFor }) => waitingFor === 'decision', sleep);
        await handle.executeUpdate(approveUpdate, { args: [{ ...BY, carry }] });
        await handle.result();
      });
      expect(work.terms.at(-1)).toMatchObject({ policy });
      expect(written[0]?.results.completion).toMatchObject({ why: 'deadline', unfinished: [[2, 2]] });
      expect(written[0]?.decisions).toMatchObject([{ what: 'approve', about: 'DeadlinePassed' }]);
    },
    30_000,
  );

  it('is moved by itself as often as was agreed to, and then the last policy decides', async () => {
    const work = people(temporal, () => Infinity);
    const { recordReceipt, written } = receipts();
    const fake = fakeActivities({ checkCompletion: work.checkCompletion, recordReceipt });
    const more = { byMs: DAY, times: 2, people: [], last: 'carry' } as const;
    const deadline = { at: await inDays(temporal, 1), afterMs: DAY, policy: 'extend', more } as const;
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig, { completion: { rule: 'state', pollMs: POLL_MS, deadline } });
      const first = await untilStatus(handle, ({ waitingFor }) => waitingFor === 'people', sleep);
      expect(first.deadline).toEqual({ at: deadline.at, policy: 'extend', more: { ...more, left: 2 } });
      await temporal.env.sleep('25 hours');
      const moved = await untilStatus(handle, (status) => status.deadline?.passed?.length === 1, sleep);
      expect(moved).toMatchObject({ waitingFor: 'people', trouble: null, deadline: { policy: 'extend' } });
      expect(moved.deadline?.more?.left).toBe(1);
      await temporal.env.sleep('25 hours');
      const last = await untilStatus(handle, (status) => status.deadline?.passed?.length === 2, sleep);
      expect(last.deadline).toMatchObject({ policy: 'carry' });
      expect(last.deadline).not.toHaveProperty('more');
      await handle.result();
    });
    expect(fake.count('shareOpenJobs')).toBe(0);
    expect(work.terms[0]).toMatchObject({ moreTime: true });
    expect(work.terms.at(-1)).toMatchObject({ policy: 'carry' });
    expect(work.terms.at(-1)).not.toHaveProperty('moreTime');
    const { completion } = written[0]?.results ?? {};
    expect(completion).toMatchObject({ why: 'deadline', unfinished: [[2, 2]] });
    const { deadlines = [] } = completion ?? {};
    expect(deadlines.map(({ at }) => at)).toEqual([deadline.at, deadlines[0]?.until]);
    for (const { at, until } of deadlines) {
      const laterMs = Date.parse(until) - Date.parse(at);
      expect(laterMs).toBeGreaterThanOrEqual(DAY);
      expect(laterMs).toBeLessThan(DAY + POLL_MS);
    }
  }, 240_000);

  it('gives open jobs to those who were named, once, and asks a person where they have not completed them', async () => {
    const work = people(temporal, () => Infinity);
    const { recordReceipt, written } = receipts();
    const asked: unknown[] = [];
    let wake = async (): Promise<void> => undefined;
    const shareOpenJobs: IterationActivities['shareOpenJobs'] = async (args) => {
      asked.push(args.people);
      if (asked.length === 1) await failing('CvatUnreachable')();
      // Our own changes of jobs wake the iteration while they are made.
      await wake();
      return { jobs: 3, frames: 12, others: 1 };
    };
    const fake = fakeActivities({ checkCompletion: work.checkCompletion, recordReceipt, shareOpenJobs });
    const more = { byMs: 2 * DAY, times: 1, people: ['ana', 'ben'], last: 'attention' } as const;
    const deadline = { at: await inDays(temporal, 1), afterMs: DAY, policy: 'reassign', more } as const;
    await withRig(temporal, { activities: fake.activities, worker: ATTENTIVE }, async (rig) => {
      const handle = await startIteration(rig, { completion: { rule: 'state', pollMs: POLL_MS, deadline } });
      wake = async () => wakeNow(handle);
      await temporal.env.sleep('26 hours');
      const moved = await untilStatus(handle, (status) => status.deadline?.passed !== undefined, sleep);
      expect(moved).toMatchObject({
        waitingFor: 'people',
        deadline: { policy: 'attention', passed: [{ shared: { jobs: 3, frames: 12, others: 1 } }] },
      });
      await temporal.env.sleep('3 days');
      const overdue = await untilStatus(handle, ({ waitingFor }) => waitingFor === 'decision', sleep);
      expect(overdue).toMatchObject({ trouble: { code: 'DeadlinePassed' } });
      await handle.executeUpdate(approveUpdate, { args: [{ ...BY, carry: false }] });
      await handle.result();
    });
    expect(asked).toEqual([more.people, more.people]);
    expect(written[0]?.results.completion?.deadlines).toHaveLength(1);
  }, 240_000);

  it('shares out again what somebody worked in, until nothing is left, and forgets none of the deadlines', async () => {
    const work = people(temporal, () => Infinity);
    const again = await inDays(temporal, 2);
    const told: unknown[] = [];
    let wake = async (): Promise<void> => undefined;
    const shareOpenJobs: IterationActivities['shareOpenJobs'] = async ({ people: named, idleMs }) => {
      told.push([named, idleMs]);
      const left = told.length === 1 ? { busy: [7], againAt: again } : {};
      await wake();
      return { jobs: told.length, frames: 2, others: 0, ...left };
    };
    const fake = fakeActivities({ checkCompletion: work.checkCompletion, shareOpenJobs });
    const more = { byMs: 5 * DAY, times: 1, people: ['ana'], last: 'continue' } as const;
    const deadline = { at: await inDays(temporal, 1), afterMs: DAY, policy: 'reassign', more } as const;
    await withRig(temporal, { activities: fake.activities, worker: ATTENTIVE }, async (rig) => {
      const handle = await startIteration(rig, { completion: { rule: 'state', pollMs: POLL_MS, deadline } });
      wake = async () => wakeNow(handle);
      await temporal.env.sleep('26 hours');
      const moved = await untilStatus(handle, (status) => status.deadline?.passed !== undefined, sleep);
      expect(moved.deadline?.passed).toMatchObject([{ shared: { jobs: 1, busy: [7], againAt: again } }]);
      await temporal.env.sleep('2 days');
      const shared = await untilStatus(handle, (status) => status.deadline?.passed?.[0]?.shared?.jobs === 2, sleep);
      expect(shared.deadline?.passed).toEqual([
        { ...moved.deadline?.passed?.[0], shared: { jobs: 2, frames: 2, others: 0 } },
      ]);
      await handle.result();
    });
    expect(told).toEqual([
      [['ana'], 20 * 60_000],
      [['ana'], 20 * 60_000],
    ]);
  }, 240_000);

  it('gives no job away where the task is only observed: the last policy decides at once', async () => {
    const work = people(temporal, () => Infinity);
    const fake = fakeActivities({ checkCompletion: work.checkCompletion });
    const more = { byMs: DAY, times: 5, people: ['ana'], last: 'continue' } as const;
    const deadline = { at: await inDays(temporal, 1), afterMs: DAY, policy: 'reassign', more } as const;
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const completion = { rule: 'state', pollMs: POLL_MS, deadline } as const;
      const handle = await startIteration(rig, { masks: null, training: null, completion });
      await handle.result();
    });
    expect(fake.count('shareOpenJobs')).toBe(0);
    expect(work.terms.at(-1)).toMatchObject({ policy: 'continue' });
  }, 240_000);
});
