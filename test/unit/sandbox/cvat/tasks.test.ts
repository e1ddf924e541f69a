import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PNG } from 'pngjs';
import { at, listAt, textAt } from './json-at.ts';
import { imageForm, makeTask, pngHeader } from './make-task.ts';
import { expectAsRecorded } from './recorded-answers.ts';
import { idOf, read, startFast, waitFor, type Fast, type Person } from './talk.ts';

let fast: Fast;
let admin: Person;
beforeAll(async () => {
  fast = await startFast();
  admin = fast.admin;
});
afterAll(() => fast.cvat.close());

const create = (json: object) => admin.call('POST', '/api/tasks', { json });
const emptyTask = async () => idOf(await create({ name: 'empty' }));

describe('a task', () => {
  it('is made without data and says so', async () => {
    const project = idOf(await admin.call('POST', '/api/projects', { json: { name: 'P' } }));
    const task = await create({ name: 'Iteration_1', project_id: project, bug_tracker: ' https://x/y?key=1 ' });
    expectAsRecorded(task, '4-task-create', 'POST', (recorded) => recorded.status === 201);
    expect(task.json).toMatchObject({ bug_tracker: 'https://x/y?key=1', data: null, jobs: { count: 0 } });
    const path = `/api/tasks/${idOf(task)}`;
    expectAsRecorded(await admin.call('GET', `${path}/data/meta`), '4-task-data-none', 'GET', (recorded) =>
      recorded.path.endsWith('/meta'),
    );
    expectAsRecorded(await admin.call('GET', `${path}/annotations`), '4-task-data-none', 'GET', (recorded) =>
      recorded.path.endsWith('/annotations'),
    );
    const start = { headers: { 'upload-start': '' } };
    const announced = await admin.call('POST', `${path}/annotations?format=COCO+1.0`, start);
    expectAsRecorded(announced, '4-task-data-none', 'POST');
  });

  it('needs an existing project, and labels of its own or a project', async () => {
    const unknown = await create({ name: 'x', project_id: 99999 });
    expect([unknown.status, unknown.json]).toEqual([400, ['Project matching query does not exist.']]);
    const project = idOf(await admin.call('POST', '/api/projects', { json: { name: 'P' } }));
    const both = await create({ name: 'x', project_id: project, labels: [{ name: 'a' }] });
    expect(both.json).toEqual(['Task must have only one of Label set or project_id']);
    const own = idOf(await create({ name: 'x', labels: [{ name: 'a' }] }));
    expect(await read(admin, `/api/labels?task_id=${own}`, 'results', 0, 'name')).toBe('a');
  });

  it('is found by words of its bug tracker, which no filter reaches', async () => {
    await create({ name: 'keyed', bug_tracker: 'maskloop:SurgVU/It%201' });
    const found = await admin.call('GET', `/api/tasks?search=${encodeURIComponent('maskloop:SurgVU/It%201')}`);
    expect(listAt(found.json, 'results').map((task) => at(task, 'name'))).toEqual(['keyed']);
    const filter = encodeURIComponent(JSON.stringify({ '==': [{ var: 'bug_tracker' }, 'x'] }));
    const refused = await admin.call('GET', `/api/tasks?filter=${filter}`);
    expectAsRecorded(refused, 'm11-search-filter-bugtracker-eq', 'GET');
    const byName = encodeURIComponent(
      JSON.stringify({ and: [{ '==': [{ var: 'name' }, 'keyed'] }, { in: ['ey', { var: 'name' }] }] }),
    );
    expect(await read(admin, `/api/tasks?filter=${byName}`, 'count')).toBe(1);
  });

  it('takes changes of a few fields and refuses all others', async () => {
    const path = `/api/tasks/${await emptyTask()}`;
    const patch = (json: object) => admin.call('PATCH', path, { json });
    expect((await patch({ name: 'new', bug_tracker: 'x' })).json).toMatchObject({ name: 'new', bug_tracker: 'x' });
    const unknown = await patch({ status: 'completed' });
    expect([unknown.status, unknown.json]).toEqual([403, { detail: 'Attempted to update an unknown field' }]);
    expectAsRecorded(await patch({ bug_tracker: 'x'.repeat(2001) }), 'm11-bugtracker-2001', 'PATCH');
    expectAsRecorded(await patch({ bug_tracker: null }), 'm11-bugtracker-null', 'PATCH');
    expectAsRecorded(await patch({ name: '' }), 'm11-name-empty', 'PATCH');
    expectAsRecorded(await patch({ name: 'a\0b' }), 'm11-name-nul', 'PATCH');
    expect((await patch({ owner_id: 99999 })).status).toBe(500);
  });

  it('is gone with its jobs when it is deleted', async () => {
    const { task, jobs } = await makeTask(admin, { frames: ['a.png'] });
    expect((await admin.call('DELETE', `/api/tasks/${task}`)).status).toBe(204);
    expect((await admin.call('GET', `/api/tasks/${task}`)).json).toEqual({
      detail: 'No Task matches the given query.',
    });
    expect((await admin.call('GET', `/api/jobs/${jobs[0] ?? 0}`)).status).toBe(404);
    expect(await read(admin, `/api/jobs?task_id=${task}`, 'count')).toBe(0);
    expect((await admin.call('DELETE', `/api/tasks/${task}`)).status).toBe(404);
    const request = await admin.call('GET', `/api/requests/action=create&target=task&target_id=${task}`);
    expectAsRecorded(request, '7-task-delete', 'GET');
  });
});

describe('the images of a task', () => {
  const headers = (name: string) => ({ headers: { [name]: '' } });

  it('come in several requests, in any order, and become frames by name', async () => {
    const path = `/api/tasks/${await emptyTask()}`;
    expect((await admin.call('POST', `${path}/data`, headers('upload-start'))).status).toBe(202);
    const image = PNG.sync.write(new PNG({ width: 7, height: 5 }));
    for (const name of ['b.png', 'folder/a.png']) {
      const form = new FormData();
      form.set('client_files[0]', new Blob([image]), name);
      const sent = await admin.call('POST', `${path}/data`, { body: form, ...headers('upload-multiple') });
      expect([sent.status, sent.text]).toEqual([200, '']);
    }
    const json = { image_quality: 70, sorting_method: 'lexicographical' };
    const finished = await admin.call('POST', `${path}/data`, { json, ...headers('upload-finish') });
    const rqId = `action=create&target=task&target_id=${path.split('/').at(-1) ?? ''}`;
    expect([finished.status, finished.json]).toEqual([202, { rq_id: rqId }]);
    expect(await waitFor(admin, rqId)).toMatchObject({ status: 'finished', message: '', id: rqId });
    const meta = await admin.call('GET', `${path}/data/meta`);
    expectAsRecorded(meta, '4-task-data-meta', 'GET');
    expect(listAt(meta.json, 'frames')).toMatchObject([
      { name: 'a.png', width: 7, height: 5 },
      { name: 'b.png', width: 7, height: 5 },
    ]);
    expectAsRecorded(
      await admin.call('GET', path),
      '4-task-get',
      'GET',
      (recorded) => recorded.path === '/api/tasks/1',
    );
    const frame = await admin.call('GET', `${path}/data?type=frame&quality=original&number=1`);
    expect(frame.headers.get('content-type')).toBe('image/png');
    expect(frame.bytes.equals(image)).toBe(true);
    const more = await admin.call('POST', `${path}/data`, headers('upload-start'));
    expectAsRecorded(more, '4-task-data-twice', 'POST');
  });

  it('may come by TUS', async () => {
    const path = `/api/tasks/${await emptyTask()}`;
    const bytes = pngHeader(9, 8);
    const metadata = `filename ${Buffer.from('t.png').toString('base64')}`;
    const made = await admin.call('POST', `${path}/data/`, {
      headers: { 'upload-length': String(bytes.length), 'upload-metadata': metadata },
    });
    expect(made.headers.get('upload-filename')).toBe('t.png');
    const location = new URL(made.headers.get('location') ?? '').pathname;
    const type = { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' };
    expect((await admin.call('PATCH', location, { headers: type, body: bytes })).status).toBe(204);
    const finished = await admin.call('POST', `${path}/data`, { json: {}, ...headers('upload-finish') });
    await waitFor(admin, textAt(finished.json, 'rq_id'));
    expect(await read(admin, `${path}/data/meta`, 'frames', 0, 'name')).toBe('t.png');
  });

  it('leave out what is no image by its name', async () => {
    const path = `/api/tasks/${await emptyTask()}`;
    const body = imageForm(['a.png']);
    body.set('client_files[1]', new Blob(['remember']), 'notes.txt');
    await waitFor(admin, textAt((await admin.call('POST', `${path}/data`, { body })).json, 'rq_id'));
    expect(await read(admin, path, 'size')).toBe(1);
  });

  it('fail the creation if there are none or one is no image', async () => {
    const nothing = `/api/tasks/${await emptyTask()}`;
    const begun = await admin.call('POST', `${nothing}/data`, { json: {}, ...headers('upload-finish') });
    expect(await waitFor(admin, textAt(begun.json, 'rq_id'))).toMatchObject({
      status: 'failed',
      message: 'ValueError: No media data found\n',
    });
    const bad = `/api/tasks/${await emptyTask()}`;
    const form = imageForm(['a.png']);
    form.set('client_files[1]', new Blob(['no image']), 'x.png');
    const sent = await admin.call('POST', `${bad}/data`, { body: form });
    const ended = await waitFor(admin, textAt(sent.json, 'rq_id'));
    expect(textAt(ended, 'message')).toMatch(/^PIL\.UnidentifiedImageError: cannot identify image file '.*x\.png'\n$/);
    expect((await admin.call('GET', bad)).json).not.toHaveProperty('size');
  });

  it('are refused by number and parameter as the real server words it', async () => {
    const { task, jobs } = await makeTask(admin, { frames: ['a.png', 'b.png', 'c.png', 'd.png'], segmentSize: 2 });
    const data = (query: string) => admin.call('GET', `/api/tasks/${task}/data?${query}`);
    expect((await data('type=frame&number=99&quality=original')).json).toBe(
      "Invalid frame '99'. The frame number should be in the [0, 4] range",
    );
    const has = (part: string) => (recorded: { path: string }) => recorded.path.includes(part);
    expectAsRecorded(await data('type=frame&number=0&quality=best'), 'm08-noquality', 'GET', has('quality=best'));
    expectAsRecorded(await data('type=frame'), 'm08-noquality', 'GET', (recorded) =>
      recorded.path.endsWith('type=frame'),
    );
    expectAsRecorded(await data('number=0'), 'm08-noquality', 'GET', has('?number=0'));
    expect((await admin.call('HEAD', `/api/tasks/${task}/data?type=frame&number=0`)).status).toBe(500);
    const job = `/api/jobs/${jobs[1] ?? 0}/data?type=frame&quality=original`;
    expect((await admin.call('GET', `${job}&number=2`)).status).toBe(200);
    expect((await admin.call('GET', `${job}&number=0`)).status).toBe(400);
  });

  it('can be marked as deleted and restored', async () => {
    const { task, jobs } = await makeTask(admin, { frames: ['a.png', 'b.png', 'c.png', 'd.png'], segmentSize: 2 });
    const meta = `/api/tasks/${task}/data/meta`;
    const marked = await admin.call('PATCH', meta, { json: { deleted_frames: [1] } });
    expectAsRecorded(marked, 'm03-patch-task-meta', 'PATCH');
    expect(marked.json).toMatchObject({ size: 4, deleted_frames: [1] });
    const second = `/api/jobs/${jobs[1] ?? 0}/data/meta`;
    expect(await read(admin, second, 'deleted_frames')).toEqual([]);
    expect((await admin.call('PATCH', second, { json: { deleted_frames: [3] } })).status).toBe(200);
    expect(await read(admin, meta, 'deleted_frames')).toEqual([1, 3]);
    const foreign = await admin.call('PATCH', second, { json: { deleted_frames: [0] } });
    expectAsRecorded(foreign, 'm03-patch-job-meta-foreign', 'PATCH');
    expectAsRecorded(
      await admin.call('PATCH', meta, { json: { deleted_frames: [99] } }),
      'm03-patch-outofrange',
      'PATCH',
    );
    await admin.call('PATCH', meta, { json: { deleted_frames: [] } });
    expect(await read(admin, meta, 'deleted_frames')).toEqual([]);
  });
});
