import { afterEach, describe, expect, it } from '@jest/globals';
import { createCvat } from '../../../src/cvat/client.ts';
import type { Cvat } from '../../../src/cvat/cvat.ts';
import { caught } from '../http/caught.ts';
import { servers, type ScriptedServer } from '../http/scripted-server.ts';
import { KEY } from './cvat-server.ts';
import { TusServer } from './tus-server.ts';

const { open, closeAll } = servers();
afterEach(closeAll);

const ID = 'action=import&target=task&target_id=1&subresource=annotations';

function client(server: ScriptedServer): Cvat {
  return createCvat({ url: server.url, credentials: async () => ({ kind: 'token', token: KEY }) });
}

describe('import', () => {
  it('follows the recorded sequence and finishes with the name that CVAT gave', async () => {
    const tus = new TusServer();
    const server = await open((seen) => tus.answer(seen));
    const bytes = Buffer.alloc(21 * 1024 * 1024, 'x');
    expect(await client(server).startImport(1, { bytes, fileName: 'task.json' })).toBe(ID);
    expect(server.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /api/tasks/1/annotations/',
      'PATCH /api/tasks/1/annotations/1_upload-1',
      'PATCH /api/tasks/1/annotations/1_upload-1',
      'PATCH /api/tasks/1/annotations/1_upload-1',
      'POST /api/tasks/1/annotations?format=COCO+1.0&filename=1_upload-1',
    ]);
    expect(tus.finished[0]?.query.get('format')).toBe('COCO 1.0');
    expect(tus.finished[0]?.content.equals(bytes)).toBe(true);
  });

  it('is never finished when the upload is incomplete', async () => {
    const tus = new TusServer((patch) => (patch === 1 ? undefined : { status: 503, headers: { 'retry-after': '0' } }));
    const server = await open((seen) => tus.answer(seen));
    const bytes = Buffer.alloc(11 * 1024 * 1024);
    expect((await caught(client(server).startImport(1, { bytes, fileName: 'task.json' }))).code).toBe(
      'CvatUnreachable',
    );
    expect(tus.finished).toEqual([]);
    expect(server.seen.some(({ headers }) => 'upload-finish' in headers)).toBe(false);
  });

  it('that meets another import is ImportBusy and names the other request', async () => {
    const tus = new TusServer();
    const server = await open((seen) =>
      'upload-finish' in seen.headers ? { status: 409, json: { rq_id: ID } } : tus.answer(seen),
    );
    const error = await caught(client(server).startImport(1, { bytes: Buffer.from('{}'), fileName: 'task.json' }));
    expect(error).toMatchObject({ code: 'ImportBusy', facts: { taskId: 1, requestId: ID } });
  });

  it('of an unknown format is rejected with the words of CVAT', async () => {
    const tus = new TusServer();
    const server = await open((seen) =>
      'upload-finish' in seen.headers ? { status: 400, json: ["Unknown input format 'COCO 1.0'"] } : tus.answer(seen),
    );
    const error = await caught(client(server).startImport(1, { bytes: Buffer.from('{}'), fileName: 'task.json' }));
    expect(error.code).toBe('CvatRejected');
    expect(error.message).toBe("POST /api/tasks/1/annotations answered 400: Unknown input format 'COCO 1.0'");
  });

  it('into a deleted task is TaskGone', async () => {
    const server = await open(() => ({ status: 404, json: { detail: 'No Task matches the given query.' } }));
    const error = await caught(client(server).startImport(1, { bytes: Buffer.from('{}'), fileName: 'task.json' }));
    expect(error.code).toBe('TaskGone');
  });

  it('of nothing is refused before CVAT is asked', async () => {
    const server = await open(() => ({}));
    const error = await caught(client(server).startImport(1, { bytes: new Uint8Array(), fileName: 'task.json' }));
    expect(error.code).toBe('ImportRejected');
    expect(server.seen).toEqual([]);
  });
});
