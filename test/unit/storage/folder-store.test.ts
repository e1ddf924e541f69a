import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { createFolderStore } from '../../../src/storage/folder-store.ts';
import { temporaryFolders } from './temporary-folder.ts';

const newFolder = temporaryFolders();

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

describe('artifacts in a folder store', () => {
  it('give back any bytes, whether put and read whole or as streams', async () => {
    const store = createFolderStore(await newFolder());
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), fc.boolean(), async (bytes, streamed) => {
        const pieces = [bytes.subarray(0, 100), bytes.subarray(100)].map((piece) => Buffer.from(piece));
        const ref = await store.put(streamed ? Readable.from(pieces, { objectMode: false }) : bytes);
        expect(ref).toEqual({
          uri: `store:sha256/${sha256(bytes).slice(0, 2)}/${sha256(bytes)}`,
          sha256: sha256(bytes),
          bytes: bytes.length,
        });
        expect(Buffer.from(await store.get(ref)).equals(bytes)).toBe(true);
        expect((await readAll(await store.open(ref))).equals(bytes)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('are stored once, however often and from however many stores they are put at once', async () => {
    const folder = await newFolder();
    const bytes = Buffer.alloc(300_000, 'mask');
    const [one, other] = [createFolderStore(folder), createFolderStore(folder)];
    const refs = await Promise.all(
      Array.from({ length: 6 }, () => [one.put(bytes), other.put(bytes), other.put(Readable.from([bytes]))]).flat(),
    );
    expect(new Set(refs.map((ref) => `${ref.uri} ${ref.bytes}`)).size).toBe(1);
    expect(await filesIn(folder)).toEqual([sha256(bytes)]);
    for (const ref of refs.slice(0, 1)) expect(await one.get(ref)).toEqual(bytes);
  });

  it('that are damaged or cut short are refused on reading, and mended by putting them again', async () => {
    const folder = await newFolder();
    const store = createFolderStore(folder);
    const bytes = Buffer.alloc(200_000, 7);
    const ref = await store.put(bytes);
    const file = join(folder, 'sha256', ref.sha256.slice(0, 2), ref.sha256);
    await truncate(file, 150_000);
    await expect(store.get(ref)).rejects.toMatchObject({ code: 'ArtifactCorrupt', facts: { expected: ref.sha256 } });
    await expect(store.open(ref).then(readAll)).rejects.toMatchObject({ code: 'ArtifactCorrupt' });
    await store.put(bytes);
    expect((await store.get(ref)).length).toBe(200_000);
    await writeFile(file, Buffer.alloc(200_000, 8));
    await expect(store.get(ref)).rejects.toMatchObject({ code: 'ArtifactCorrupt' });
    await store.put(Readable.from([bytes]));
    expect((await store.get(ref))[0]).toBe(7);
  });

  it('that are not there are missing, not empty', async () => {
    const folder = await newFolder();
    const store = createFolderStore(join(folder, 'never-made'));
    const sha = sha256(Buffer.from('x'));
    const ref = { uri: `store:sha256/${sha.slice(0, 2)}/${sha}`, sha256: sha, bytes: 1 };
    await expect(store.get(ref)).rejects.toMatchObject({ code: 'ArtifactMissing' });
    await expect(store.open(ref)).rejects.toMatchObject({ code: 'ArtifactMissing' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('are never read from outside of the store by a crafted address', async () => {
    const folder = await newFolder();
    const store = createFolderStore(join(folder, 'store'));
    const secret = Buffer.from('secret');
    await writeFile(join(folder, 'secret'), secret);
    const hex = sha256(secret);
    for (const uri of [
      'store:sha256/../../secret',
      `store:sha256/${hex.slice(0, 2)}/../../../secret`,
      `store:sha256/zz/${hex}`,
      `store:named/../../secret`,
      `store:/${join(folder, 'secret')}`,
      's3://bucket/secret',
      'file://elsewhere/secret',
      join(folder, 'secret'),
    ]) {
      await expect(store.get({ uri, sha256: hex, bytes: 6 })).rejects.toMatchObject({ code: 'ArtifactMissing' });
    }
  });

  it('outside of the store are read in place, with their hash checked', async () => {
    const folder = await newFolder();
    const store = createFolderStore(join(folder, 'store'));
    const path = join(folder, 'größe #1 50%.png');
    await writeFile(path, 'mask');
    const ref = { uri: pathToFileURL(path).href, sha256: sha256(Buffer.from('mask')), bytes: 4 };
    expect(Buffer.from(await store.get(ref)).toString()).toBe('mask');
    expect((await readAll(await store.open(ref))).toString()).toBe('mask');
    await writeFile(path, 'edited');
    await expect(store.get(ref)).rejects.toMatchObject({ code: 'ArtifactCorrupt' });
    const unreadable = { ...ref, uri: pathToFileURL(folder).href };
    await expect(store.get(unreadable)).rejects.toMatchObject({ code: 'UnreadableFile', facts: { path: folder } });
    await symlink('circle', join(folder, 'circle'));
    const circle = { ...ref, uri: pathToFileURL(join(folder, 'circle')).href };
    await expect(store.open(circle)).rejects.toMatchObject({ code: 'UnreadableFile', facts: { code: 'ELOOP' } });
  });

  it('of a stream that fails leave nothing behind, and the failure is the stream’s own', async () => {
    const folder = await newFolder();
    const store = createFolderStore(folder);
    const failing = Readable.from(
      (async function* () {
        yield Buffer.from('half');
        throw new Error('source broke');
      })(),
    );
    await expect(store.put(failing)).rejects.toThrow('source broke');
    expect(await filesIn(folder)).toEqual([]);
  });

  it('close their file when a reader walks away', async () => {
    const store = createFolderStore(await newFolder());
    const ref = await store.put(Buffer.alloc(2_000_000));
    const before = (await readdir('/proc/self/fd').catch(() => [])).length;
    for (let i = 0; i < 20; i += 1) {
      const stream = await store.open(ref);
      const closed = new Promise((resolve) => stream.once('close', resolve));
      stream.destroy();
      await closed;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await readdir('/proc/self/fd').catch(() => [])).length).toBeLessThan(before + 10);
  });
});

describe('a folder that cannot be used', () => {
  it('is an outage that names the folder and the reason', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'file'), '');
    const store = createFolderStore(join(folder, 'file', 'store'));
    for (const write of [() => store.put(Buffer.from('x')), () => store.putNamed('a', Buffer.from('x'))]) {
      await expect(write()).rejects.toMatchObject({ code: 'StoreUnreachable', facts: { code: 'ENOTDIR' } });
    }
  });

  it('leaves a document as it was when the new one cannot take its place', async () => {
    const folder = await newFolder();
    const store = createFolderStore(folder);
    await mkdir(join(folder, 'named', 'a@'), { recursive: true });
    await expect(store.putNamed('a', Buffer.from('x'))).rejects.toMatchObject({ code: 'StoreUnreachable' });
    await expect(store.getNamed('a')).rejects.toMatchObject({ code: 'StoreUnreachable' });
    expect(await filesIn(folder)).toEqual([]);
  });

  it('is written as files that a person can find', async () => {
    const folder = await newFolder();
    const store = createFolderStore(folder);
    await store.putNamed('receipts/SurgVU/Iteration_1.json', Buffer.from('{}'));
    const path = join(folder, 'named', 'receipts', 'SurgVU', 'Iteration_1.json@');
    expect(await readFile(path, 'utf8')).toBe('{}');
    expect(await readdir(dirname(path))).toEqual(['Iteration_1.json@']);
  });
});
