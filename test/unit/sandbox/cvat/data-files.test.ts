import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readZip } from '../../../../src/sandbox/cvat/media/zip.ts';
import { at, listAt, textAt } from './json-at.ts';
import { makeTask, pngHeader, type MadeTask } from './make-task.ts';
import { idOf, startFast, waitFor, type Fast, type Person } from './talk.ts';

let fast: Fast;
let admin: Person;
let made: MadeTask;
let task: string;
beforeAll(async () => {
  fast = await startFast();
  admin = fast.admin;
  made = await makeTask(admin, { frames: ['a.png', 'b.png', 'c.png'], segmentSize: 2 });
  task = `/api/tasks/${made.task}`;
});
afterAll(() => fast.cvat.close());

/** Width and height that a JPEG file of one frame names. */
function jpegSize(bytes: Buffer): number[] {
  const start = bytes.indexOf(Buffer.from([0xff, 0xc0]));
  return [bytes.readUInt16BE(start + 7), bytes.readUInt16BE(start + 5)];
}

describe('a frame', () => {
  it('is the very file in original quality, and a JPEG file of its size otherwise', async () => {
    const original = await admin.call('GET', `${task}/data?type=frame&number=0&quality=original`);
    expect(original.bytes).toEqual(pngHeader(96, 64));
    for (const query of ['', '&quality=compressed']) {
      const answer = await admin.call('GET', `${task}/data?type=frame&number=0${query}`);
      expect(answer.headers.get('content-type')).toBe('image/jpeg');
      expect(jpegSize(answer.bytes)).toEqual([96, 64]);
    }
  });

  it.each([
    ['bitmap', 'x.bmp', 'image/bmp', bmp(12, -7)],
    ['lossy WebP', 'x.webp', 'image/x-webp', webp('VP8 ', (bytes) => bytes.writeUInt32LE((7 << 16) | 12, 26))],
    ['lossless WebP', 'x.webp', 'image/x-webp', webp('VP8L', (bytes) => bytes.writeUInt32LE((6 << 14) | 11, 21))],
    [
      'extended WebP',
      'x.webp',
      'image/x-webp',
      webp('VP8X', (bytes) => {
        bytes.writeUIntLE(11, 24, 3);
        bytes.writeUIntLE(6, 27, 3);
      }),
    ],
  ])('may be a %s, which comes back as it was', async (_, name, type, bytes) => {
    const room = `/api/tasks/${idOf(await admin.call('POST', '/api/tasks', { json: { name: 'x', project_id: made.project } }))}`;
    const form = new FormData();
    form.set('client_files[0]', new Blob([new Uint8Array(bytes)]), name);
    const begun = await admin.call('POST', `${room}/data`, { body: form });
    await waitFor(admin, textAt(begun.json, 'rq_id'));
    const meta = await admin.call('GET', `${room}/data/meta`);
    expect(at(meta.json, 'frames', 0)).toMatchObject({ width: 12, height: 7 });
    const answer = await admin.call('GET', `${room}/data?type=frame&number=0&quality=original`);
    expect([answer.headers.get('content-type'), answer.bytes.equals(bytes)]).toEqual([type, true]);
  });
});

describe('a chunk', () => {
  it('is an archive of numbered files, the very ones or JPEG files, with a checksum', async () => {
    const names = async (room: string, query: string) => {
      const answer = await admin.call('GET', `${room}/data?type=chunk&${query}`);
      expect(answer.headers.get('x-checksum')).toMatch(/^\d+$/);
      return (await readZip(answer.bytes)).map((entry) => entry.name);
    };
    expect(await names(task, 'number=0&quality=original')).toEqual(['000000.png', '000001.png', '000002.png']);
    expect(await names(task, 'number=0')).toEqual(['000000.jpeg', '000001.jpeg', '000002.jpeg']);
    expect(await names(`/api/jobs/${made.jobs[1]}`, 'index=0&quality=original')).toEqual(['000000.png']);
  });

  it('is refused by number', async () => {
    const answer = await admin.call('GET', `${task}/data?type=chunk&number=1&quality=original`);
    expect([answer.status, answer.json]).toEqual([
      400,
      "Invalid chunk number '1'. The chunk number should be in the [0, 0] range",
    ]);
  });
});

describe('a preview', () => {
  it('exists for tasks, jobs and projects, as a JPEG file', async () => {
    const rooms = [task, `/api/jobs/${made.jobs[1]}`, `/api/projects/${made.project}`];
    for (const path of [...rooms.map((room) => `${room}/preview`), `${task}/data?type=preview`]) {
      const answer = await admin.call('GET', path);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    }
  });

  it('is absent where there are no frames', async () => {
    const empty = idOf(await admin.call('POST', '/api/projects', { json: { name: 'empty' } }));
    expect((await admin.call('GET', `/api/projects/${empty}/preview`)).status).toBe(404);
  });
});

describe('a file name with a folder', () => {
  it('is taken apart in a form, but breaks an upload in pieces at its last byte', async () => {
    const room = `/api/tasks/${idOf(await admin.call('POST', '/api/tasks', { json: { name: 'x', project_id: made.project } }))}`;
    const bytes = pngHeader(8, 8);
    const name = Buffer.from('case_001/a.png').toString('base64');
    const begun = await admin.call('POST', `${room}/data/`, {
      headers: { 'upload-length': String(bytes.length), 'upload-metadata': `filename ${name}` },
    });
    expect([begun.status, begun.headers.get('upload-filename')]).toEqual([201, 'case_001/a.png']);
    const sent = await admin.call('PATCH', new URL(begun.headers.get('location') ?? '').pathname, {
      headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
      body: new Uint8Array(bytes),
    });
    expect(sent.status).toBe(500);
    const form = new FormData();
    form.set('client_files[0]', new Blob([new Uint8Array(bytes)]), 'case_001/a.png');
    await waitFor(admin, textAt((await admin.call('POST', `${room}/data`, { body: form })).json, 'rq_id'));
    const frames = listAt((await admin.call('GET', `${room}/data/meta`)).json, 'frames');
    expect(frames.map((frame) => at(frame, 'name'))).toEqual(['a.png']);
  });
});

function bmp(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(54);
  bytes.write('BM', 'latin1');
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  return bytes;
}

function webp(kind: string, fill: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.alloc(30);
  bytes.write(`RIFF\0\0\0\0WEBP${kind}`, 'latin1');
  fill(bytes);
  return bytes;
}
