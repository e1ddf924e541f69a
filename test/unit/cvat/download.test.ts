import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createCvat } from '../../../src/cvat/client.ts';
import { serve, type ScriptedServer, type Seen } from '../http/scripted-server.ts';

const CONTENT = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 31) % 251));
const WHERE = { taskId: 7, requestId: 'action=export&target=task' };

let dir = '';
let server: ScriptedServer | undefined;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'maskloop-download-'));
});
afterEach(async () => server?.close());
afterAll(async () => rm(dir, { recursive: true, force: true }));

interface Habits {
  readonly ranges: boolean;
  /** Bytes after which the connection is cut, for each answer; the rest is sent whole. */
  readonly cuts: readonly number[];
  readonly tagOf?: (answers: number) => string;
  /** Where a part begins that is sent for another. */
  readonly shift?: number;
}

/** Sends {@link CONTENT} like nginx before CVAT, with the given habits. */
async function serving({ ranges, cuts, tagOf = () => '"a"', shift = 0 }: Habits): Promise<ScriptedServer> {
  let answers = 0;
  return serve(({ headers }, response) => {
    const tag = tagOf(answers);
    const asked = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
    const isSame = headers['if-range'] === undefined || headers['if-range'] === tag;
    const from = ranges && isSame && asked > 0 ? asked + shift : 0;
    const cut = cuts[answers];
    answers += 1;
    const body = CONTENT.subarray(from);
    const range = from > 0 ? { 'content-range': `bytes ${from}-${CONTENT.length - 1}/${CONTENT.length}` } : {};
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': body.length, etag: tag, ...range });
    if (cut === undefined) response.end(body);
    else response.write(body.subarray(0, cut), () => setTimeout(() => response.destroy(), 20));
    return undefined;
  });
}

async function fetched(habits: Habits, maxBytes = 2 ** 20): Promise<{ bytes: Buffer; seen: readonly Seen[] }> {
  server = await serving(habits);
  const cvat = createCvat({ url: server.url, credentials: async () => ({ kind: 'token', token: 't' }) });
  const file = join(dir, 'export.zip');
  const size = await cvat.downloadExport({ ...WHERE, file }, { maxBytes });
  const bytes = await readFile(file);
  expect(size).toBe(bytes.length);
  return { bytes, seen: server.seen };
}

describe('the download of an export', () => {
  it('asks for the rest where the connection broke, as often as each try brings something', async () => {
    const { bytes, seen } = await fetched({ ranges: true, cuts: [100_000, 50_000, 50_000, 50_000, 1000] });
    expect(bytes.equals(CONTENT)).toBe(true);
    expect(seen).toHaveLength(6);
    expect(seen[0]?.headers).not.toHaveProperty('range');
    expect(Number(/\d+/.exec(seen[5]?.headers.range ?? '')?.[0])).toBeGreaterThan(200_000);
    expect(seen[0]?.path).toBe('/api/tasks/7/dataset/download?rq_id=action%3Dexport%26target%3Dtask');
  }, 240_000);

  it('begins anew where the server knows no ranges, or has another file meanwhile', async () => {
    expect((await fetched({ ranges: false, cuts: [200_000] })).bytes.equals(CONTENT)).toBe(true);
    await server?.close();
    const changing = { ranges: true, cuts: [200_000], tagOf: (answers: number) => `"${answers}"` };
    const { bytes, seen } = await fetched(changing);
    expect(bytes.equals(CONTENT)).toBe(true);
    expect(seen[1]?.headers['if-range']).toBe('"0"');
  });

  it('is given up when try after try brings nothing', async () => {
    await expect(fetched({ ranges: true, cuts: [0, 0, 0, 0, 0] })).rejects.toMatchObject({ code: 'CvatUnreachable' });
    expect(server?.seen).toHaveLength(4);
  });

  it('is refused beyond its limit, and for another part than was asked for', async () => {
    await expect(fetched({ ranges: true, cuts: [] }, 299_999)).rejects.toMatchObject({ code: 'ArchiveRefused' });
    await server?.close();
    await expect(fetched({ ranges: true, cuts: [1000], shift: 5 })).rejects.toMatchObject({
      code: 'CvatUnexpectedAnswer',
    });
  });
});
