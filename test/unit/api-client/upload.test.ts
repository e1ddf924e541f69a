import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { throughServer, type ThroughServer } from '../../../src/api-client/through-server.ts';
import { tombstoneName } from '../../../src/contracts/ids.ts';
import { createFolderStore } from '../../../src/storage/folder-store.ts';
import { putFolder } from '../../../src/storage/put-folder.ts';
import type { ArtifactStore } from '../../../src/storage/store.ts';
import { hashBytes } from '../../../src/storage/file-hash.ts';
import { openApiSite, TOKENS, type ApiSite } from '../../kit/api-site.ts';

const FILES = 30;

let folder = '';
let store: ArtifactStore;
let puts: string[] = [];
let site: ApiSite;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'maskloop-upload-'));
  await mkdir(path.join(folder, 'masks', 'video_1'), { recursive: true });
  for (let index = 0; index < FILES; index += 1) {
    const content = Buffer.alloc(20_000 + index, index);
    await writeFile(path.join(folder, 'masks', 'video_1', `frame_${index}.png`), content);
  }
  await writeFile(path.join(folder, 'masks', 'same.png'), Buffer.alloc(20_000, 0));
  const inner = createFolderStore(path.join(folder, 'store'));
  puts = [];
  store = {
    ...inner,
    put: async (content) => {
      const ref = await inner.put(content);
      puts.push(ref.sha256);
      return ref;
    },
  };
  site = await openApiSite({}, { store });
});
afterEach(async () => {
  await site.close();
  await rm(folder, { recursive: true, maxRetries: 5, retryDelay: 100 });
});

const through = (token: string = TOKENS.operator): ThroughServer =>
  throughServer({ url: site.url, token: { read: () => token }, user: 'tester' });

const options = (onProgress: (progress: { done: number; total: number }) => void = () => undefined) => ({
  signal: new AbortController().signal,
  onProgress,
});

describe('a folder that is uploaded', () => {
  it('is the same reference as one that was put where the store is, and can be started with', async () => {
    const seen: number[] = [];
    const uploaded = await through().putFolder(
      path.join(folder, 'masks'),
      options(({ done }) => void seen.push(done)),
    );
    expect(uploaded.copied.files).toBe(FILES);
    expect(seen).toEqual([...seen].toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(FILES + 1);
    const there = createFolderStore(path.join(folder, 'another'));
    expect(uploaded.folder).toEqual((await putFolder(there, path.join(folder, 'masks'))).folder);
    expect(await through().describeFolder(uploaded.folder.uri, options())).toEqual(uploaded.folder);
  });

  it('is sent once: after a break only what is missing, and nothing the next time', async () => {
    const broken = new AbortController();
    const upload = through().putFolder(path.join(folder, 'masks'), {
      signal: broken.signal,
      onProgress: ({ done }) => {
        if (done >= 10) broken.abort(new Error('the line broke'));
      },
    });
    await expect(upload).rejects.toThrow('the line broke');
    const before = new Set(puts).size;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(FILES);
    const again = await through().putFolder(path.join(folder, 'masks'), options());
    // Files that had arrived when the line broke may have been more than the client knew of.
    expect(again.copied.files).toBeLessThanOrEqual(FILES - before);
    const third = await through().putFolder(path.join(folder, 'masks'), options());
    expect(third.copied).toEqual({ files: 0, bytes: 0 });
  });

  it('mends a file that is damaged in the store, and brings none back that was forgotten', async () => {
    const masks = path.join(folder, 'masks');
    await through().putFolder(masks, options());
    const [first, second] = await Promise.all(
      [3, 4].map((index) => readFile(path.join(masks, 'video_1', `frame_${index}.png`))),
    );
    if (first === undefined || second === undefined) throw new Error('two files are there');
    await writeFile(await store.localPath(hashBytes(first)), Buffer.alloc(first.length, 99));
    expect((await through().putFolder(masks, options())).copied).toEqual({ files: 1, bytes: first.length });
    expect(hashBytes(await store.get(await store.put(first)))).toBe(hashBytes(first));

    await store.remove(hashBytes(second));
    await store.putNamed(tombstoneName(hashBytes(second)), Buffer.from('{}'));
    const facts = { where: masks, frames: ['video_1/frame_4.png'] };
    await expect(through().putFolder(masks, options())).rejects.toMatchObject({ code: 'FrameForgotten', facts });
    await expect(through().putArtifact(second)).rejects.toMatchObject({ code: 'FrameForgotten' });
    expect(await store.sizeOf(hashBytes(second))).toBeNull();
  });

  it('leaves nothing behind of bytes that are others than announced', async () => {
    const put = async (sha256: string, body: string) =>
      fetch(`${site.url}/api/v1/files/${sha256}`, {
        method: 'PUT',
        body,
        headers: { authorization: `Bearer ${TOKENS.operator}`, 'content-type': 'application/octet-stream' },
      });
    const sha256 = hashBytes('what was meant');
    const refused = await put(sha256, 'something else');
    expect([refused.status, await refused.json()]).toMatchObject([400, { code: 'UploadDiffers' }]);
    expect([await store.sizeOf(sha256), await store.sizeOf(hashBytes('something else'))]).toEqual([null, null]);
    const left = await readdir(path.join(folder, 'store', 'sha256')).catch(() => []);
    expect(left).toEqual([]);
    expect((await put(sha256, 'what was meant')).status).toBe(200);
    expect(await store.sizeOf(sha256)).toBe(14);
  });

  it('that breaks off in the middle of a file leaves nothing behind, and the server lives', async () => {
    const sha256 = hashBytes('x'.repeat(100_000));
    await new Promise<void>((resolve) => {
      const headers = {
        authorization: `Bearer ${TOKENS.operator}`,
        'content-type': 'application/octet-stream',
        'content-length': 100_000,
      };
      const at = { host: '127.0.0.1', port: site.port, path: `/api/v1/files/${sha256}`, method: 'PUT', headers };
      const sender = httpRequest(at).on('error', () => resolve());
      sender.write('x'.repeat(50_000), () => setTimeout(() => sender.destroy(new Error('gone')), 200));
    });
    expect((await site.ask(TOKENS.operator, 'GET', '/api/v1/session')).status).toBe(200);
    expect(await store.sizeOf(sha256)).toBeNull();
    expect(puts).toEqual([]);
  });

  it('tells a token of one connection nothing of what others have put there', async () => {
    const content = Buffer.from('a secret frame');
    const { sha256 } = await store.put(content);
    const ask = async (token: string) => {
      const body = { files: [{ sha256, bytes: content.length }] };
      return (await site.ask(token, 'POST', '/api/v1/files/missing', { body })).json;
    };
    expect(await ask(TOKENS.operator)).toEqual({ missing: [] });
    expect(await ask(TOKENS.north)).toEqual({ missing: [sha256] });
    await through(TOKENS.north).putArtifact(content);
    expect(await ask(TOKENS.north)).toEqual({ missing: [] });
    expect((await site.ask(TOKENS.north, 'GET', `/api/v1/files/${sha256}`)).status).toBe(403);
    expect((await site.ask(TOKENS.operator, 'GET', `/api/v1/files/${sha256}`)).text).toBe('a secret frame');
  });
});
