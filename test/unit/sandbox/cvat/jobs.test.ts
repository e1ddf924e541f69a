import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SANDBOX_ANNOTATOR } from '../../../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { at, listAt, numberAt } from './json-at.ts';
import { makeTask, type MadeTask } from './make-task.ts';
import { expectAsRecorded } from './recorded-answers.ts';
import { logIn, read, startFast, type Fast, type Person } from './talk.ts';

let fast: Fast;
let admin: Person;
let made: MadeTask;
let job: string;
beforeAll(async () => {
  fast = await startFast();
  admin = fast.admin;
});
beforeEach(async () => {
  made = await makeTask(admin, { frames: ['a.png', 'b.png', 'c.png', 'd.png', 'e.png'], segmentSize: 2 });
  job = `/api/jobs/${made.jobs[0] ?? 0}`;
});
afterAll(() => fast.cvat.close());

const patch = (json: object, path = job) => admin.call('PATCH', path, { json });

describe('jobs', () => {
  it('are cut from the task and listed newest first', async () => {
    const list = await admin.call('GET', `/api/jobs?task_id=${made.task}`);
    const ranges = listAt(list.json, 'results').map((one) => [at(one, 'start_frame'), at(one, 'stop_frame')]);
    expect(ranges).toEqual([
      [4, 4],
      [2, 3],
      [0, 1],
    ]);
    const annotation = await read(admin, `/api/jobs?task_id=${made.task}&type=annotation&state=new`, 'count');
    expect(annotation).toBe(3);
    expect(await read(admin, `/api/jobs?task_id=${made.task}&type=ground_truth`, 'count')).toBe(0);
    expect(await read(admin, `/api/jobs?task_id=${made.task}&state=completed`, 'count')).toBe(0);
    expect(await read(admin, '/api/jobs?task_id=99999', 'count')).toBe(0);
    expectAsRecorded(await admin.call('GET', job), '7-jobs-list', 'GET', (recorded) => recorded.path === '/api/jobs/4');
  });

  it('fall back to new when only their stage is changed', async () => {
    await patch({ state: 'completed' });
    expect((await patch({ stage: 'validation' })).json).toMatchObject({ stage: 'validation', state: 'new' });
    const both = await patch({ stage: 'acceptance', state: 'completed' });
    expect(both.json).toMatchObject({ stage: 'acceptance', state: 'completed', status: 'completed' });
    expect((await patch({ state: 'rejected' })).json).toMatchObject({ state: 'rejected', status: 'validation' });
    expect((await patch({ stage: 'acceptance' })).json).toMatchObject({ state: 'rejected' });
  });

  it('refuse other words, other fields, other methods and unknown people', async () => {
    const has = (part: string) => (recorded: { json?: unknown }) => JSON.stringify(recorded.json).includes(part);
    expectAsRecorded(await patch({ state: 'done' }), '7-job-invalid', 'PATCH', has('done'));
    expectAsRecorded(await patch({ stage: 'nope' }), '7-job-invalid', 'PATCH', has('nope'));
    expectAsRecorded(await patch({ status: 'completed' }), '7-job-invalid', 'PATCH', has('unknown field'));
    expectAsRecorded(
      await patch({}, '/api/jobs/99999'),
      '7-job-invalid',
      'PATCH',
      (recorded) => recorded.status === 404,
    );
    expectAsRecorded(await admin.call('DELETE', job), '7-job-invalid', 'DELETE');
    expect((await patch({ assignee: 99999 })).status).toBe(500);
  });

  it('count as completed in their task only when accepted, and the task has their lowest status', async () => {
    const task = `/api/tasks/${made.task}`;
    const jobs = made.jobs.map((id) => `/api/jobs/${id}`);
    for (const path of jobs) await patch({ state: 'completed' }, path);
    expect((await admin.call('GET', task)).json).toMatchObject({
      status: 'annotation',
      jobs: { count: 3, completed: 0, validation: 0 },
    });
    await patch({ stage: 'validation' });
    expect((await admin.call('GET', task)).json).toMatchObject({ status: 'annotation', jobs: { validation: 1 } });
    for (const path of jobs) await patch({ stage: 'acceptance', state: 'completed' }, path);
    expect((await admin.call('GET', task)).json).toMatchObject({
      status: 'completed',
      jobs: { count: 3, completed: 3, validation: 0 },
    });
    await patch({ stage: 'annotation', state: 'in progress' });
    expect((await admin.call('GET', task)).json).toMatchObject({ status: 'annotation', jobs: { completed: 2 } });
  });

  it('let whoever they are given to work on them, but not hand them on or see their task', async () => {
    const annotator = await logIn(fast.cvat.url, SANDBOX_ANNOTATOR);
    expect((await annotator.call('GET', job)).status).toBe(403);
    const found = await admin.call('GET', '/api/users?search=annot');
    const id = numberAt(found.json, 'results', 0, 'id');
    expect((await patch({ assignee: id })).json).toMatchObject({ assignee: { username: 'annotator' } });
    const seen = await annotator.call('GET', job);
    expect(seen.json).toMatchObject({ task_name: null, project_name: null, state: 'new' });
    expect(await read(annotator, '/api/jobs', 'count')).toBe(1);
    expect((await annotator.call('PATCH', job, { json: { state: 'completed' } })).status).toBe(200);
    for (const json of [{ stage: 'acceptance' }, { assignee: null }]) {
      expect((await annotator.call('PATCH', job, { json })).status).toBe(403);
    }
    expect((await annotator.call('PUT', `${job}/annotations`, { json: {} })).status).toBe(200);
    expect((await annotator.call('GET', `/api/tasks/${made.task}`)).status).toBe(403);
    expect(await read(annotator, `/api/labels?job_id=${made.jobs[0] ?? 0}`, 'count')).toBe(2);
    await patch({ assignee: null });
    expect((await annotator.call('GET', `${job}/annotations`)).status).toBe(403);
  });
});
