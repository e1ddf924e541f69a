import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SANDBOX_ANNOTATOR } from '../../../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { coco, createUpload, finish, importDocument, sendPiece, upload } from './import-document.ts';
import { at, textAt } from './json-at.ts';
import { makeTask } from './make-task.ts';
import { expectAsRecorded } from './recorded-answers.ts';
import { logIn, read, startFast, waitFor, type Fast, type Person } from './talk.ts';

let fast: Fast;
let slow: Fast;
let admin: Person;
let room: string;
beforeAll(async () => {
  fast = await startFast({});
  admin = fast.admin;
});
beforeEach(async () => {
  room = `/api/tasks/${(await makeTask(admin, { frames: ['a.png'] })).task}`;
});
afterAll(() => fast.cvat.close());

const DOCUMENT = coco(['a.png']);

describe('an upload by TUS', () => {
  it('is made with and without a slash, and named by location and file name', async () => {
    const made = await createUpload(admin, room, 100);
    const file = made.headers.get('upload-filename') ?? '';
    expect(made.status).toBe(201);
    expect(file).toMatch(/^1_[0-9a-f-]{36}$/);
    expect(made.headers.get('location')).toBe(`${fast.cvat.url}${room}/annotations/${file}`);
    const plain = await admin.call('POST', `${room}/annotations`, { headers: { 'upload-length': '10' } });
    expectAsRecorded(plain, '5-tus-create-without-slash', 'POST');
    const options = await admin.call('OPTIONS', `${room}/annotations/`);
    expect([options.status, options.headers.get('tus-extension')]).toEqual([204, '']);
  });

  it('crashes on lengths that are none, and refuses one that is too long', async () => {
    for (const length of ['abc', '-5', '0']) expect((await createUpload(admin, room, length)).status).toBe(500);
    expectAsRecorded(await createUpload(admin, room, 32_212_254_720), '5-tus-create-bad-length', 'POST');
  });

  it('takes pieces only at its offset, which it does not tell with the refusal', async () => {
    const location = (await createUpload(admin, room, 10)).headers.get('location') ?? '';
    const path = new URL(location).pathname;
    const wrong = await sendPiece(admin, location, 3, Buffer.from('abc'));
    expect([wrong.status, wrong.text, wrong.headers.get('upload-offset')]).toEqual([409, '', null]);
    const right = await sendPiece(admin, location, 0, Buffer.from('abcd'));
    expect([right.status, right.headers.get('upload-offset')]).toEqual([204, '4']);
    const head = await admin.call('HEAD', path);
    expect([head.status, head.headers.get('upload-offset'), head.headers.get('upload-length')]).toEqual([
      200,
      '4',
      '10',
    ]);
    expect((await sendPiece(admin, location, 4, Buffer.from('1234567'))).status).toBe(413);
    const typed = { headers: { 'content-type': 'application/json', 'upload-offset': '4' }, body: 'x' };
    expectAsRecorded(await admin.call('PATCH', path, typed), '5-tus-patch-wrong-content-type', 'PATCH');
    expect((await admin.call('GET', path)).status).toBe(405);
    expect((await sendPiece(admin, location, 4, Buffer.from('567890'))).headers.get('upload-offset')).toBe('10');
    expect((await admin.call('HEAD', path)).status).toBe(404);
  });

  it('belongs to its user and to its task', async () => {
    const location = (await createUpload(admin, room, 10)).headers.get('location') ?? '';
    const path = new URL(location).pathname;
    const stranger = await logIn(fast.cvat.url, SANDBOX_ANNOTATOR);
    expect((await stranger.call('HEAD', path)).status).toBe(403);
    await admin.call('PATCH', room, { json: { assignee_id: await read(stranger, '/api/users/self', 'id') } });
    const never = path.replace(/_.*$/, '_00000000-0000-4000-8000-000000000000');
    for (const file of [path, never]) {
      const refused = await stranger.call('HEAD', file);
      expect([refused.status, refused.headers.get('tus-version')]).toEqual([403, '1.0.0']);
    }
    expect((await admin.call('HEAD', never)).status).toBe(404);
    const other = `/api/tasks/${(await makeTask(admin, { frames: ['a.png'] })).task}`;
    expect((await admin.call('HEAD', path.replace(room, other))).status).toBe(404);
    expect((await admin.call('HEAD', `${room}/annotations/nope`)).headers.get('content-type')).toContain('text/html');
  });

  it('may be finished before it is complete: the missing bytes are zeros, and the import fails', async () => {
    const bytes = Buffer.from(JSON.stringify(DOCUMENT));
    const made = await createUpload(admin, room, bytes.length);
    await sendPiece(admin, made.headers.get('location') ?? '', 0, bytes.subarray(0, 12));
    const begun = await finish(admin, room, made.headers.get('upload-filename') ?? '');
    expect(begun.status).toBe(202);
    const ended = await waitFor(admin, textAt(begun.json, 'rq_id'));
    expect(textAt(ended, 'message')).toContain('unexpected control character in string: line 1 column 13 (char 12)');
  });
});

describe('the request to import', () => {
  it('needs a file that was uploaded, once each', async () => {
    const file = await upload(admin, room, DOCUMENT);
    expect((await finish(admin, room, file)).status).toBe(202);
    const again = await finish(admin, room, file);
    expect([again.status, again.json]).toEqual([400, ['No such file were uploaded']]);
    expect((await finish(admin, room, '..%2F..%2Fx')).json).toEqual(['No such file were uploaded']);
    const nothing = await admin.call('POST', `${room}/annotations?format=COCO+1.0`, {
      headers: { 'upload-finish': '' },
    });
    expectAsRecorded(nothing, '5-neg-finish-unknown-file', 'POST');
  });

  it('refuses unknown formats and modes as the real server words it', async () => {
    const file = await upload(admin, room, DOCUMENT);
    const ask = (query: string) => admin.call('POST', `${room}/annotations?${query}&filename=${file}`);
    expect((await ask('format=COCO+9.9')).json).toEqual(["Unknown input format 'COCO 9.9'"]);
    expect((await ask('format=')).json).toEqual(["Unknown input format ''"]);
    expect((await ask('format=COCO+1.0&import_mode=merge')).json).toEqual([
      "Invalid import_mode='merge'. Allowed: replace, append",
    ]);
    expect((await ask('format=COCO+1.0')).status).toBe(202);
  });
});

describe('a background request', () => {
  // Slow enough to be seen, and asked something, in each of its states.
  beforeAll(async () => {
    slow = await startFast({ queuedMs: 400, importMs: 400 });
  });
  beforeEach(async () => {
    ({ admin } = slow);
    room = `/api/tasks/${(await makeTask(admin, { frames: ['a.png'] })).task}`;
  });
  afterAll(async () => slow.cvat.close());

  it('is answered with 409 while another import of the task is under way', async () => {
    const first = await upload(admin, room, DOCUMENT);
    const second = await upload(admin, room, DOCUMENT);
    const begun = await finish(admin, room, first);
    const busy = await finish(admin, room, second);
    expect([busy.status, busy.json]).toEqual([409, begun.json]);
    const saved = await admin.call('PUT', `${room}/annotations`, { json: { shapes: [] } });
    expect(saved.status).toBe(200);
    await waitFor(admin, textAt(begun.json, 'rq_id'));
    expect((await finish(admin, room, second)).status).toBe(202);
  });

  it('goes from queued to started to finished, and the next import takes its id over', async () => {
    const begun = await finish(admin, room, await upload(admin, room, DOCUMENT));
    const id = textAt(begun.json, 'rq_id');
    const queued = await admin.call('GET', `/api/requests/${id}`);
    expect(queued.json).toMatchObject({ status: 'queued', started_date: null, finished_date: null, progress: 0 });
    expectAsRecorded(queued, '5-import-rle-conv-false', 'GET', (recorded) =>
      recorded.path.startsWith('/api/requests/'),
    );
    const seen = new Set<string>();
    for (let status = ''; status !== 'finished'; seen.add(status)) {
      status = textAt((await admin.call('GET', `/api/requests/${encodeURIComponent(id)}`)).json, 'status');
    }
    expect([...seen].at(-2)).toBe('started');
    const first = (await admin.call('GET', `/api/requests/${id}`)).json;
    const second = await importDocument(admin, room, DOCUMENT);
    expect(at(second, 'id')).toBe(id);
    expect(textAt(second, 'created_date') > textAt(first, 'finished_date')).toBe(true);
  });

  it('can be cancelled while it waits, and not later', async () => {
    const begun = await finish(admin, room, await upload(admin, room, DOCUMENT));
    const id = textAt(begun.json, 'rq_id');
    expect((await admin.call('POST', `/api/requests/${id}/cancel`)).status).toBe(200);
    const gone = await admin.call('GET', `/api/requests/${id}`);
    expectAsRecorded(gone, '4-requests-list', 'GET', (recorded) => recorded.status === 404);
    const next = await importDocument(admin, room, DOCUMENT);
    expect(at(next, 'status')).toBe('finished');
    const late = await admin.call('POST', `/api/requests/${id}/cancel`);
    expectAsRecorded(late, '4-requests-list', 'POST');
    const started = await finish(admin, room, await upload(admin, room, DOCUMENT));
    while (at((await admin.call('GET', `/api/requests/${id}`)).json, 'status') === 'queued');
    expectAsRecorded(await admin.call('POST', `/api/requests/${id}/cancel`), '5-import-started-state', 'POST');
    await waitFor(admin, textAt(started.json, 'rq_id'));
  });

  it('is forgotten when its time is over, and is nobody else’s business', async () => {
    let now = Date.parse('2026-01-01T00:00:00Z');
    const other = await startFast({ clock: () => now });
    try {
      const { task } = await makeTask(other.admin, { frames: ['a.png'] });
      const path = `/api/requests/action=create&target=task&target_id=${task}`;
      const stranger = await logIn(other.cvat.url, SANDBOX_ANNOTATOR);
      expect((await stranger.call('GET', path)).status).toBe(403);
      expect(at((await stranger.call('GET', '/api/requests')).json, 'count')).toBe(0);
      now += 499_000;
      expect((await other.admin.call('GET', path)).status).toBe(200);
      now += 2_000;
      expect((await other.admin.call('GET', path)).status).toBe(404);
    } finally {
      await other.cvat.close();
    }
  });
});
