import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SANDBOX_ANNOTATOR } from '../../../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { at, listAt } from './json-at.ts';
import { makeTask, type MadeTask } from './make-task.ts';
import { idOf, logIn, read, startFast, type Fast, type Person } from './talk.ts';

let fast: Fast;
let admin: Person;
let annotator: Person;
let annotatorId: unknown;
let made: MadeTask;
let job: number;
beforeAll(async () => {
  fast = await startFast();
  admin = fast.admin;
  annotator = await logIn(fast.cvat.url, SANDBOX_ANNOTATOR);
  annotatorId = await read(annotator, '/api/users/self', 'id');
});
beforeEach(async () => {
  made = await makeTask(admin, { frames: ['a.png', 'b.png', 'c.png', 'd.png'], segmentSize: 2 });
  job = made.jobs[0] ?? 0;
  await admin.call('PATCH', `/api/jobs/${job}`, { json: { assignee: annotatorId } });
});
afterAll(() => fast.cvat.close());

const create = (person: Person, change: object = {}) =>
  person.call('POST', '/api/issues', {
    json: { frame: 0, position: [5, 5, 20, 15], job, message: 'Mask leaks over the shaft', ...change },
  });
const list = async (person: Person, query: string, kind = 'issues') =>
  listAt((await person.call('GET', `/api/${kind}?${query}`)).json, 'results');

describe('an issue', () => {
  it('shows where it is but not what it says: its message is the first comment', async () => {
    const issue = await create(admin);
    expect(issue.status).toBe(201);
    expect(issue.json).toMatchObject({
      frame: 0,
      position: [5, 5, 20, 15],
      job,
      resolved: false,
      assignee: null,
      owner: { username: 'admin' },
      comments: { count: 1, url: `${fast.cvat.url}/api/comments?issue_id=${idOf(issue)}` },
    });
    expect(issue.text).not.toContain('leaks');
    const comments = await list(admin, `issue_id=${idOf(issue)}`, 'comments');
    expect(comments.map((one) => at(one, 'message'))).toEqual(['Mask leaks over the shaft']);
  });

  it('needs a message, but not a frame of its job', async () => {
    expect((await create(admin, { message: undefined })).json).toEqual({ message: ['This field is required.'] });
    expect((await create(admin, { frame: 3 })).status).toBe(201);
    expect((await create(admin, { job: 99999 })).status).toBe(404);
  });

  it('keeps its text, which is changed by its comment alone', async () => {
    const changed = await admin.call('PATCH', `/api/issues/${idOf(await create(admin))}`, {
      json: { message: 'other' },
    });
    expect([changed.status, changed.json]).toEqual([403, { detail: 'Attempted to update an unknown field' }]);
  });

  it('is listed by job, by task and by whether it is resolved, newest first', async () => {
    const [first, second] = [idOf(await create(admin)), idOf(await create(admin, { position: [1, 1] }))];
    await admin.call('PATCH', `/api/issues/${first}`, { json: { resolved: true } });
    const ids = async (query: string) => (await list(admin, query)).map((one) => at(one, 'id'));
    expect(await ids(`job_id=${job}`)).toEqual([second, first]);
    expect(await ids(`task_id=${made.task}`)).toEqual([second, first]);
    expect(await ids(`job_id=${job}&resolved=false`)).toEqual([second]);
    expect(await ids(`job_id=${job}&resolved=true`)).toEqual([first]);
    expect(await ids(`job_id=${made.jobs[1]}`)).toEqual([]);
    expect(await read(admin, `/api/jobs/${job}`, 'issues', 'count')).toBe(2);
  });

  it('may be made, answered and resolved by whoever works on the job, and by nobody once the job is not theirs', async () => {
    const issue = idOf(await create(annotator));
    expect((await annotator.call('POST', '/api/comments', { json: { issue, message: 'Ünïcode' } })).status).toBe(201);
    expect((await annotator.call('PATCH', `/api/issues/${issue}`, { json: { resolved: true } })).status).toBe(200);
    await admin.call('PATCH', `/api/jobs/${job}`, { json: { assignee: null } });
    expect((await annotator.call('GET', `/api/issues/${issue}`)).status).toBe(403);
    expect((await create(annotator)).status).toBe(403);
    expect(await list(annotator, `job_id=${job}`)).toEqual([]);
    expect(await list(annotator, `issue_id=${issue}`, 'comments')).toEqual([]);
  });

  it('takes its comments along when it is deleted, and goes with its job', async () => {
    const [gone, left] = [idOf(await create(admin)), idOf(await create(admin))];
    expect((await admin.call('DELETE', `/api/issues/${gone}`)).status).toBe(204);
    expect((await admin.call('GET', `/api/issues/${gone}`)).status).toBe(404);
    expect(await list(admin, `issue_id=${gone}`, 'comments')).toEqual([]);
    await admin.call('DELETE', `/api/tasks/${made.task}`);
    const absent = await admin.call('GET', `/api/issues/${left}`);
    expect([absent.status, absent.json]).toEqual([404, { detail: 'No Issue matches the given query.' }]);
    expect(await list(admin, `issue_id=${left}`, 'comments')).toEqual([]);
  });

  it('changes the date of neither job, task nor project', async () => {
    const rooms = [`/api/jobs/${job}`, `/api/tasks/${made.task}`, `/api/projects/${made.project}`];
    const dates = () => Promise.all(rooms.map((room) => read(admin, room, 'updated_date')));
    const before = await dates();
    const issue = idOf(await create(admin));
    await admin.call('POST', '/api/comments', { json: { issue, message: 'z' } });
    await admin.call('PATCH', `/api/issues/${issue}`, { json: { resolved: true } });
    await admin.call('DELETE', `/api/issues/${issue}`);
    expect(await dates()).toEqual(before);
  });
});

describe('a comment', () => {
  it('is listed newest first, counted by its issue, and can be changed and deleted', async () => {
    const issue = idOf(await create(admin));
    const comment = idOf(await admin.call('POST', '/api/comments', { json: { issue, message: 'second' } }));
    const messages = async () => (await list(admin, `issue_id=${issue}`, 'comments')).map((one) => at(one, 'message'));
    expect(await messages()).toEqual(['second', 'Mask leaks over the shaft']);
    expect(await read(admin, `/api/issues/${issue}`, 'comments', 'count')).toBe(2);
    await admin.call('PATCH', `/api/comments/${comment}`, { json: { message: 'changed' } });
    expect(await messages()).toEqual(['changed', 'Mask leaks over the shaft']);
    expect((await admin.call('PATCH', `/api/comments/${comment}`, { json: { issue: 1 } })).status).toBe(403);
    expect((await admin.call('DELETE', `/api/comments/${comment}`)).status).toBe(204);
    expect(await messages()).toEqual(['Mask leaks over the shaft']);
  });
});
