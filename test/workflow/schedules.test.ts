import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ScheduleTimes } from '../../src/contracts/schedule.ts';
import { loopId } from '../../src/contracts/ids.ts';
import { TASK_QUEUES } from '../../src/contracts/task-queues.ts';
import { createSchedule, type ScheduleRequest } from '../../src/operations/schedules/create-schedule.ts';
import { describeSchedule, listSchedules, type ScheduleView } from '../../src/operations/schedules/read-schedules.ts';
import { steerSchedule } from '../../src/operations/schedules/steer-schedule.ts';
import { startDevServer } from '../kit/temporal/dev-server.ts';
import { withRig, type Rig } from '../kit/temporal/rig.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';

const workflowsPath = fileURLToPath(new URL('../kit/loops/answering/index.ts', import.meta.url));

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startDevServer();
});
afterAll(async () => temporal.close());

const TIMES: ScheduleTimes = {
  everyMs: null,
  offsetMs: 0,
  cron: ['0 8 * * MON-FRI'],
  timeZone: 'Europe/Berlin',
  jitterMs: 60_000,
  catchUpMs: 3_600_000,
};

function request(name: string, changes: Partial<ScheduleRequest> = {}): ScheduleRequest {
  const loop = { connection: 'default', project: 'SurgVU', name };
  return { loop, times: TIMES, overlap: 'skip', by: 'lead', paused: false, note: '', ...changes };
}

async function startLoop(rig: Rig, name: string) {
  const workflowId = loopId({ connection: 'default', project: 'SurgVU', name });
  return rig.client.workflow.start('answeringLoopWorkflow', { workflowId, taskQueue: rig.taskQueue });
}

async function until(rig: Rig, name: string, wanted: (view: ScheduleView) => boolean): Promise<ScheduleView> {
  const { loop } = request(name);
  for (let looks = 0; looks < 200; looks += 1) {
    const view = await describeSchedule(rig.client, loop);
    if (wanted(view)) {
      for (const { workflowId, runId } of await runsOf(rig)) rig.watch({ workflowId, runId });
      return view;
    }
    await sleep(50);
  }
  throw new Error(`it never came there: ${JSON.stringify(await describeSchedule(rig.client, loop))}`);
}

async function runsOf(rig: Rig) {
  const runs = [];
  const query = "WorkflowType = 'scheduledIterationWorkflow'";
  for await (const { workflowId, runId } of rig.client.workflow.list({ query })) runs.push({ workflowId, runId });
  return runs;
}

const answered = (count: number) => (view: ScheduleView) =>
  view.runs.length === count && view.runs.every(({ outcome }) => outcome !== 'waits');

describe('a schedule', () => {
  it('asks its loop for an iteration, and says why a time was skipped', async () => {
    await withRig(temporal, { workflowsPath, taskQueue: TASK_QUEUES.iterations }, async (rig) => {
      await startLoop(rig, 'answering');
      const { loop } = request('answering');
      await createSchedule(rig.client, request('answering'));
      await steerSchedule(rig.client, loop, { what: 'trigger' });
      await until(rig, 'answering', answered(1));
      await steerSchedule(rig.client, loop, { what: 'trigger' });
      const { runs } = await until(rig, 'answering', answered(2));
      expect(runs.map(({ outcome, why }) => [outcome, why])).toEqual([
        ['skipped', 'Iteration_1 waits for people (skip)'],
        ['begun', 'iteration 1'],
      ]);
      await steerSchedule(rig.client, loop, { what: 'delete' });
    });
  });

  it('of a loop that does not run is skipped, and says so', async () => {
    await withRig(temporal, { workflowsPath, taskQueue: TASK_QUEUES.iterations }, async (rig) => {
      const { loop } = request('ended');
      await createSchedule(rig.client, request('ended'));
      await steerSchedule(rig.client, loop, { what: 'trigger' });
      const { runs } = await until(rig, 'ended', answered(1));
      expect(runs[0]).toMatchObject({ outcome: 'skipped', why: 'the loop SurgVU/ended does not run' });
      await steerSchedule(rig.client, loop, { what: 'delete' });
    });
  });

  it('makes up for times that have passed, one by one', async () => {
    await withRig(temporal, { workflowsPath, taskQueue: TASK_QUEUES.iterations }, async (rig) => {
      const { loop } = request('late');
      await createSchedule(rig.client, request('late', { times: { ...TIMES, jitterMs: 0, timeZone: 'UTC' } }));
      // Monday to Wednesday.
      const [from, to] = ['2026-03-02T00:00:00.000Z', '2026-03-04T23:00:00.000Z'];
      await steerSchedule(rig.client, loop, { what: 'backfill', from, to });
      expect((await until(rig, 'late', answered(3))).runs).toHaveLength(3);
      await steerSchedule(rig.client, loop, { what: 'delete' });
    });
  });

  it('rests with a note while it is paused, and knows when it will ask next in its time zone', async () => {
    const { client } = temporal.env;
    const { loop } = request('resting');
    await createSchedule(client, request('resting', { paused: true, note: 'until the cameras are back' }));
    const resting = await describeSchedule(client, loop);
    expect(resting).toMatchObject({ paused: true, note: 'until the cameras are back', missed: 0, runs: [] });
    await steerSchedule(client, loop, { what: 'resume', note: 'they are back' });
    const awake = await describeSchedule(client, loop);
    expect(awake).toMatchObject({ paused: false, note: 'they are back', terms: { times: TIMES, overlap: 'skip' } });
    const hours = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', hour: '2-digit', weekday: 'short' });
    for (const next of awake.next) expect(hours.format(new Date(next))).toMatch(/^(Mon|Tue|Wed|Thu|Fri),? 08$/);
    await steerSchedule(client, loop, { what: 'pause', note: 'holidays' });
    expect(await describeSchedule(client, loop)).toMatchObject({ paused: true, note: 'holidays' });
    for (let looks = 0; looks < 100 && (await listSchedules(client)).length === 0; looks += 1) await sleep(50);
    expect((await listSchedules(client)).map(({ terms }) => terms.loop.name)).toEqual(['resting']);
    await steerSchedule(client, loop, { what: 'delete' });
  });

  it('is one for each loop, and is refused where its times make no sense', async () => {
    const { client } = temporal.env;
    await createSchedule(client, request('once', { paused: true }));
    await expect(createSchedule(client, request('once'))).rejects.toMatchObject({ code: 'ScheduleExists' });
    await steerSchedule(client, request('once').loop, { what: 'delete' });
    await expect(describeSchedule(client, request('once').loop)).rejects.toMatchObject({ code: 'ScheduleNotFound' });
    const bad: Partial<ScheduleTimes>[] = [
      { cron: [] },
      { cron: ['when it rains'] },
      { everyMs: 1000 },
      { everyMs: 60_000, offsetMs: 60_000 },
      { timeZone: 'Europe/Atlantis' },
    ];
    for (const times of bad) {
      const wanted = request('bad', { times: { ...TIMES, ...times } });
      await expect(createSchedule(client, wanted)).rejects.toMatchObject({ code: 'ScheduleInvalid' });
    }
  });
});
