import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SandboxCvatOptions } from '../../../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { coco } from './import-document.ts';
import { at, numberAt, textAt } from './json-at.ts';
import { makeTask, type MadeTask } from './make-task.ts';
import { ask, startFast, waitFor, type Fast } from './talk.ts';

describe.each(['2.54.1', '2.73.0'] as const)('a stand-in of %s', (version) => {
  const isOlder = version === '2.54.1';
  let fast: Fast;
  let made: MadeTask;

  beforeAll(async () => {
    fast = await startFast({ version });
    made = await makeTask(fast.admin, { frames: ['a.png', 'b.png'] });
  });
  afterAll(() => fast.cvat.close());

  test('says which it is', async () => {
    expect(textAt((await ask(fast.cvat.url, 'GET', '/api/server/about')).json, 'version')).toBe(version);
  });

  test('takes plain JSON in Accept only if it is the newer', async () => {
    const answer = await ask(fast.cvat.url, 'GET', '/api/server/about', { headers: { accept: 'application/json' } });
    expect(answer.status).toBe(isOlder ? 406 : 200);
  });

  test('creates an upload without a word about its own address only if it is the newer', async () => {
    const path = `/api/tasks/${made.task}/annotations/`;
    const headers = { 'upload-length': '10', 'tus-resumable': '1.0.0' };
    expect((await fast.admin.call('POST', path, { headers })).status).toBe(isOlder ? 500 : 201);
    const origin = { ...headers, origin: fast.cvat.url };
    expect((await fast.admin.call('POST', path, { headers: origin })).status).toBe(201);
  });

  test('leads an upload without a slash at its end astray only if it is the older', async () => {
    const headers = { 'upload-length': '10', 'tus-resumable': '1.0.0', origin: fast.cvat.url };
    const made1 = await fast.admin.call('POST', `/api/tasks/${made.task}/annotations`, { headers });
    const path = new URL(made1.headers.get('location') ?? '').pathname;
    const piece = { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' };
    const sent = await fast.admin.call('PATCH', path, { headers: piece, body: '0123456789' });
    expect(sent.status).toBe(isOlder ? 404 : 204);
  });

  test('names project and kind of media of a task only if it is the newer', async () => {
    const { json } = await fast.admin.call('GET', `/api/tasks/${made.task}`);
    expect([at(json, 'project_name'), at(json, 'media_type')]).toEqual(
      isOlder ? [undefined, undefined] : ['SurgVU', 'image'],
    );
  });

  test('falls over when it is asked for the frames of a task without data only if it is the older', async () => {
    const empty = await fast.admin.call('POST', '/api/tasks', { json: { name: 'empty', project_id: made.project } });
    const answer = await fast.admin.call('GET', `/api/tasks/${numberAt(empty.json, 'id')}/data/meta`);
    expect(answer.status).toBe(isOlder ? 500 : 400);
  });

  test('takes any word for the source of a shape only if it is the older', async () => {
    const shape = { type: 'rectangle', frame: 0, label_id: made.labels.get('Scissor'), points: [1, 1, 5, 5] };
    const json = { shapes: [{ ...shape, source: 'nonsense' }] };
    const put = await fast.admin.call('PUT', `/api/tasks/${made.task}/annotations`, { json });
    expect(put.status).toBe(isOlder ? 200 : 400);
  });

  test('shows a half-written request to the first look, and all of it to the second', async () => {
    fast.cvat.state.requestRaces = 1;
    const form = new FormData();
    form.set('annotation_file', new Blob(['{}']), 'a.json');
    const sent = await fast.admin.call('POST', `/api/tasks/${made.task}/annotations?format=COCO%201.0`, { body: form });
    const rqId = textAt(sent.json, 'rq_id');
    expect(textAt(await waitFor(fast.admin, rqId), 'message')).toMatch(/^Traceback/);
    expect(textAt(await waitFor(fast.admin, rqId), 'message')).toMatch(/^cvat\.apps\.[^\n]+\n$/);
    fast.cvat.state.requestRaces = 0;
  });
});

test.each([
  ['2.54.1', null],
  ['2.73.0', expect.any(String)],
] as const)(
  'a stand-in of %s shows no end of a request that has just ended, and its start as the version does',
  async (version, started) => {
    const next: (() => void)[] = [];
    const hold: SandboxCvatOptions['hold'] = ({ type }, goOn) =>
      void (type === 'import:annotations' ? next.push(goOn) : goOn());
    const fast = await startFast({ version, hold });
    try {
      const made = await makeTask(fast.admin, { frames: ['a.png'] });
      fast.cvat.state.requestRaces = 1;
      const form = new FormData();
      form.set('annotation_file', new Blob([JSON.stringify(coco(['a.png']))]), 'a.json');
      const path = `/api/tasks/${made.task}/annotations?format=COCO%201.0`;
      const rqId = textAt((await fast.admin.call('POST', path, { body: form })).json, 'rq_id');
      const look = async () => (await fast.admin.call('GET', `/api/requests/${encodeURIComponent(rqId)}`)).json;
      next.pop()?.();
      expect(await look()).toMatchObject({ status: 'started', started_date: started });
      expect(await look()).toMatchObject({ status: 'started', started_date: expect.any(String) });
      next.pop()?.();
      while (fast.cvat.state.requests.get(rqId)?.status === 'started') await sleep(1);
      const ends = [await look(), await look()];
      expect(ends[0]).toMatchObject({ status: 'finished', finished_date: null, expiry_date: null });
      expect(ends[1]).toMatchObject({ finished_date: expect.any(String), expiry_date: expect.any(String) });
    } finally {
      await fast.cvat.close();
    }
  },
);

test('a stand-in that knows its names refuses all others with a page', async () => {
  const { cvat } = await startFast({ allowedHosts: ['127.0.0.1'] });
  expect((await ask(cvat.url, 'GET', '/api/server/about')).status).toBe(200);
  const named = cvat.url.replace('127.0.0.1', 'localhost');
  const answer = await ask(named, 'GET', '/api/server/about');
  expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8']);
  await cvat.close();
});
