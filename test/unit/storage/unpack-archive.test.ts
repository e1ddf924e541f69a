import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { tombstoneName } from '../../../src/contracts/ids.ts';
import { hashBytes } from '../../../src/storage/file-hash.ts';
import { createFolderStore } from '../../../src/storage/folder-store.ts';
import { putFolder } from '../../../src/storage/put-folder.ts';
import { openContents } from '../../../src/storage/open-contents.ts';
import type { ArtifactStore } from '../../../src/storage/store.ts';
import { unpackArchive, UPLOAD_LIMITS } from '../../../src/storage/unpack-archive.ts';
import { zipped } from '../../kit/zipped.ts';

let dir = '';
let store: ArtifactStore;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'maskloop-unpack-'));
  store = createFolderStore(path.join(dir, 'store'));
});
afterEach(async () => rm(dir, { recursive: true, force: true }));

const file = (): string => path.join(dir, 'upload.zip');
const unpack = async (bytes: Uint8Array) => {
  await writeFile(file(), bytes);
  return unpackArchive(store, file());
};
const namesOf = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> => {
  const contents = await openContents(store, await unpack(await zipped(files)));
  return contents.names;
};

describe('a zip file that somebody uploads', () => {
  it('becomes the folder that its files would be', async () => {
    const folder = await unpack(await zipped({ 'masks/b.png': 'b', 'masks/a.png': 'a', 'masks/deep/c.png': 'c' }));
    const beside = await mkdtemp(path.join(dir, 'masks-'));
    for (const name of ['a', 'b']) await writeFile(path.join(beside, `${name}.png`), name);
    await mkdir(path.join(beside, 'deep'));
    await writeFile(path.join(beside, 'deep', 'c.png'), 'c');
    expect(folder).toEqual((await putFolder(store, beside)).folder);
  });

  it('loses the name of the one folder that holds all, and only that', async () => {
    expect(await namesOf({ 'm/a.png': '1', 'm/n/b.png': '2' })).toEqual(['a.png', 'n/b.png']);
    expect(await namesOf({ 'm/a.png': '1', 'n/a.png': '2' })).toEqual(['m/a.png', 'n/a.png']);
    expect(await namesOf({ 'a.png': '1', 'n/b.png': '2' })).toEqual(['a.png', 'n/b.png']);
  });

  it('leaves out what is hidden and what macOS adds', async () => {
    const files = { 'm/a.png': '1', 'm/.DS_Store': '2', '__MACOSX/m/._a.png': '3', 'm/.git/config': '4' };
    expect(await namesOf(files)).toEqual(['a.png']);
  });

  it.each([
    ['leads out', { 'xx/xx/up.png': 'x' }, ['xx/xx/up', '../../up']],
    ['is absolute', { 'xetc/a.png': 'x' }, ['xetc/', '/etc/']],
  ] as const)('is refused where a name %s, and nothing lands outside', async (_, files, [from, to]) => {
    const bytes = Buffer.from((await zipped(files)).toString('latin1').replaceAll(from, to), 'latin1');
    await expect(unpack(bytes)).rejects.toMatchObject({ code: 'ZipRefused' });
    expect((await readdir(dir)).toSorted()).toEqual(['upload.zip']);
  });

  it('is refused for links, bombs, no files, and what is no zip file, and says which', async () => {
    const bomb = await zipped({ 'a.bmp': '\0'.repeat(2 ** 24), 'b.bmp': '\0'.repeat(2 ** 24) });
    for (const [bytes, problem] of [
      [await zipped({ 'a.png': '/etc/passwd' }, { mode: 0o120777 }), 'is a link'],
      [bomb, '200 times'],
      [await zipped({ '.hidden': 'x' }), 'no file'],
      [Buffer.from('no zip at all'), ''],
      [(await zipped({ 'a.png': 'x'.repeat(999) })).subarray(0, -30), ''],
    ] as const) {
      const refusal: unknown = await unpack(bytes).catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code: 'ZipRefused', message: expect.stringContaining(problem) });
      expect(refusal).toMatchObject({ message: expect.stringMatching(/[^.]\.$/) });
    }
  });

  it('is refused for too many entries before anything is unpacked', async () => {
    await writeFile(file(), await zipped({ 'a.png': '1', 'b.png': '2' }));
    const tries = unpackArchive(store, file(), { limits: { ...UPLOAD_LIMITS, entries: 1 } });
    await expect(tries).rejects.toMatchObject({ code: 'ZipRefused' });
    expect(await store.sizeOf(hashBytes('1'))).toBeNull();
  });

  it('brings nothing back that was forgotten on purpose', async () => {
    await store.putNamed(tombstoneName(hashBytes('gone')), Buffer.from('{}'));
    const bytes = await zipped({ 'm/a.png': 'here', 'm/b.png': 'gone' });
    await expect(unpack(bytes)).rejects.toMatchObject({ code: 'FrameForgotten', facts: { frames: ['m/b.png'] } });
    expect(await store.sizeOf(hashBytes('gone'))).toBeNull();
  });
});
