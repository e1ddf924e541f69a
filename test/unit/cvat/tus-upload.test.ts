import { afterEach, describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { CVAT_HTTP_FAILURES } from '../../../src/cvat/api.ts';
import type { UploadOptions } from '../../../src/cvat/upload-file.ts';
import { tusUpload } from '../../../src/cvat/tus-upload.ts';
import { createHttp } from '../../../src/http/undici-http.ts';
import { caught } from '../http/caught.ts';
import { servers, type ScriptedServer } from '../http/scripted-server.ts';
import { TusServer, type Fault } from './tus-server.ts';

const { open, closeAll } = servers();
afterEach(closeAll);

const BYTES = Buffer.from('abcdefghijklmnopqrstuvwxyz');
const target = { path: '/api/tasks/1/annotations/', fileName: 'näht.json', chunkBytes: 10 };
const AT_ONCE: Fault = { status: 503, headers: { 'retry-after': '0' } };

function upload(server: ScriptedServer, options: UploadOptions = {}, bytes: Uint8Array = BYTES): Promise<string> {
  return tusUpload(createHttp({ baseUrl: server.url, failures: CVAT_HTTP_FAILURES }), target, bytes, options);
}

/** The content that the server holds under a name, by asking it to finish. */
function contentOf(tus: TusServer, server: ScriptedServer, name: string): { text: string; complete: boolean } {
  const socket = server.seen[0]?.socket;
  if (socket === undefined) throw new Error('no request was seen');
  const path = `/api/tasks/1/annotations?filename=${name}`;
  tus.answer({ method: 'POST', path, headers: { 'upload-finish': '' }, body: Buffer.alloc(0), socket });
  const last = tus.finished.at(-1);
  return { text: String(last?.content), complete: last?.complete === true };
}

const COMPLETE = { text: String(BYTES), complete: true };

describe('upload by TUS', () => {
  it('sends chunk after chunk to our own address and returns the name that CVAT gave', async () => {
    const tus = new TusServer();
    const server = await open((seen) => tus.answer(seen));
    const progress: number[] = [];
    const name = await upload(server, { onProgress: ({ bytes }) => progress.push(bytes) });
    expect(contentOf(tus, server, name)).toEqual(COMPLETE);
    expect(progress).toEqual([10, 20, 26]);
    expect(server.seen[0]?.headers).toMatchObject({
      origin: server.url,
      'tus-resumable': '1.0.0',
      'upload-length': '26',
      'upload-metadata': `filename ${Buffer.from('näht.json').toString('base64')}`,
    });
  });

  it('asks for the offset after an answer that was lost, and goes on behind what had arrived', async () => {
    const tus = new TusServer((patch) => (patch === 2 ? 'store and break' : undefined));
    const server = await open((seen) => tus.answer(seen));
    expect(contentOf(tus, server, await upload(server))).toEqual(COMPLETE);
    expect(server.seen.map(({ method }) => method)).toEqual(['POST', 'PATCH', 'PATCH', 'HEAD', 'PATCH']);
  });

  it('sends a chunk again that had not arrived', async () => {
    const tus = new TusServer((patch) => (patch === 2 ? 'break' : undefined));
    const server = await open((seen) => tus.answer(seen));
    expect(contentOf(tus, server, await upload(server))).toEqual(COMPLETE);
    expect(tus.patches).toBe(4);
  });

  it('learns the offset after a 409', async () => {
    const tus = new TusServer((patch) => (patch === 2 ? { status: 409 } : undefined));
    const server = await open((seen) => tus.answer(seen));
    expect(contentOf(tus, server, await upload(server))).toEqual(COMPLETE);
  });

  it('begins anew when the answer to the last byte is lost, since CVAT then knows nothing of the upload', async () => {
    const tus = new TusServer((patch) => (patch === 3 ? 'store and break' : undefined));
    const server = await open((seen) => tus.answer(seen));
    expect(contentOf(tus, server, await upload(server))).toEqual(COMPLETE);
    expect(server.seen.filter(({ method }) => method === 'POST')).toHaveLength(2);
  });

  it('gives up after three tries for one chunk', async () => {
    const tus = new TusServer((patch) => (patch >= 2 ? AT_ONCE : undefined));
    const server = await open((seen) => tus.answer(seen));
    expect(await caught(upload(server))).toMatchObject({
      code: 'CvatUnreachable',
      facts: { method: 'PATCH', status: 503 },
    });
    expect(tus.patches).toBe(4);
  });

  it('gives up when CVAT forgets every upload', async () => {
    const tus = new TusServer(() => ({ status: 404 }));
    const server = await open((seen) => tus.answer(seen));
    expect(await caught(upload(server))).toMatchObject({ code: 'CvatRejected', facts: { status: 404 } });
    expect(server.seen.filter(({ method }) => method === 'POST')).toHaveLength(3);
  });

  it.each([403, 413, 415])('does not repeat a chunk that was answered %i', async (status) => {
    const tus = new TusServer(() => ({ status }));
    const server = await open((seen) => tus.answer(seen));
    expect((await caught(upload(server))).facts['status']).toBe(status);
    expect(tus.patches).toBe(1);
  });

  it('trusts no offset that cannot be', async () => {
    const tus = new TusServer((patch) =>
      patch === 1 ? { status: 204, headers: { 'upload-offset': '99' } } : undefined,
    );
    const server = await open((seen) => tus.answer(seen));
    expect((await caught(upload(server))).code).toBe('CvatUnexpectedAnswer');
  });

  it('stops between two tries when aborted', async () => {
    const tus = new TusServer(() => ({ status: 503, headers: { 'retry-after': '60' } }));
    const server = await open((seen) => tus.answer(seen));
    const reason = new Error('cancelled');
    const controller = new AbortController();
    const pending = upload(server, { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 100);
    await expect(pending).rejects.toBe(reason);
  });

  it('ends with the whole content, or with an error, under any faults', async () => {
    const fault = fc.constantFrom<Fault>(undefined, undefined, undefined, AT_ONCE, {
      status: 409,
      headers: { 'retry-after': '0' },
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fault, { maxLength: 12 }),
        fc.uint8Array({ minLength: 1, maxLength: 45 }),
        async (faults, bytes) => {
          const tus = new TusServer((patch) => faults[patch - 1]);
          const server = await open((seen) => tus.answer(seen));
          const name = await upload(server, {}, bytes).catch(() => null);
          if (name !== null) {
            expect(contentOf(tus, server, name)).toEqual({ text: String(Buffer.from(bytes)), complete: true });
          }
          await server.close();
        },
      ),
      { numRuns: 25 },
    );
  });
});
