import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { throughServer } from '../../../src/api-client/through-server.ts';
import { tombstoneName } from '../../../src/contracts/ids.ts';
import type { ArtifactRef } from '../../../src/contracts/refs.ts';
import { createFolderStore } from '../../../src/storage/folder-store.ts';
import type { ArtifactStore } from '../../../src/storage/store.ts';
import { openApiSite, TOKENS, type ApiSite } from '../../kit/api-site.ts';

const CONTENT = Buffer.alloc(200_000, 'frame');

let folder = '';
let inner: ArtifactStore;
let ref: ArtifactRef;
/** How the store gives the file, one for each time that it is asked; whole after the last. */
let ways: (() => Readable)[] = [];
let site: ApiSite;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'maskloop-remote-'));
  inner = createFolderStore(path.join(folder, 'store'));
  ref = await inner.put(CONTENT);
  ways = [];
  site = await openApiSite({}, { store: { ...inner, open: async (one) => ways.shift()?.() ?? inner.open(one) } });
});
afterEach(async () => {
  await site.close();
  await rm(folder, { recursive: true });
});

const source = (signal = new AbortController().signal) =>
  throughServer({ url: site.url, token: { read: () => TOKENS.operator }, user: 'tester' }).dataset(signal);

const broken = (): Readable =>
  Readable.from(
    (async function* () {
      yield CONTENT.subarray(0, 70_000);
      throw new Error('the disk is gone');
    })(),
    { objectMode: false },
  );
const other = (): Readable => Readable.from([Buffer.from('of somebody else')], { objectMode: false });

describe('a file that is fetched from a server', () => {
  it('is begun anew once where the connection breaks, and has then nothing of the first time', async () => {
    const target = path.join(folder, 'image');
    ways = [broken];
    await source().save(ref, target);
    expect(await readFile(target)).toEqual(CONTENT);
    ways = [broken, broken];
    await expect(source().save(ref, target)).rejects.toMatchObject({ code: 'ServerUnreachable' });
  });

  it('is refused where its bytes have another hash', async () => {
    ways = [other, other];
    await expect(source().save(ref, path.join(folder, 'image'))).rejects.toMatchObject({ code: 'ArtifactCorrupt' });
    await expect(source().get(ref)).rejects.toMatchObject({ code: 'ArtifactCorrupt' });
  });

  it('says that it cannot be written where that is so, and does not blame the server', async () => {
    await expect(source().save(ref, '/dev/full')).rejects.toMatchObject({ code: 'ENOSPC' });
  });

  it('ends with the signal', async () => {
    const ended = new AbortController();
    ended.abort(new Error('Ctrl-C'));
    await expect(source(ended.signal).save(ref, path.join(folder, 'image'))).rejects.toThrow('Ctrl-C');
  });
});

describe('names of documents on a server', () => {
  it('are all listed, however many pages they take, and asked for once', async () => {
    const hashes = Array.from({ length: 1005 }, (_, index) => String(index).padStart(64, '0'));
    for (const hash of hashes) await inner.putNamed(tombstoneName(hash), Buffer.from('{}'));
    const from = source();
    expect(await from.listNamed(tombstoneName(''))).toEqual(hashes.map(tombstoneName));
    await inner.removeNamed(tombstoneName(hashes[0] ?? ''));
    expect(await from.listNamed(`${tombstoneName('')}00`)).toHaveLength(1005);
  });

  it('are those of documents that there may be none of', async () => {
    expect(await source().getNamed('receipts/P/T.json')).toBeNull();
    await inner.putNamed('receipts/P/T%20%2F.json', Buffer.from('a receipt'));
    expect(Buffer.from((await source().getNamed('receipts/P/T%20%2F.json')) ?? []).toString()).toBe('a receipt');
  });
});
