import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ArtifactRef, FolderRef } from '../../../src/contracts/refs.ts';
import { createFolderStore } from '../../../src/storage/folder-store.ts';
import { describeGiven } from '../../../src/storage/given-folder.ts';
import { openContents } from '../../../src/storage/open-contents.ts';
import { describeStoredFolder } from '../../../src/storage/stored-folder.ts';
import type { ArtifactStore } from '../../../src/storage/store.ts';
import { verifyContents } from '../../../src/storage/verify-contents.ts';
import { temporaryFolders } from './temporary-folder.ts';

const newFolder = temporaryFolders();

let store: ArtifactStore;
let image: ArtifactRef;
beforeEach(async () => {
  store = createFolderStore(await newFolder());
  image = await store.put(Buffer.from('image'));
});

async function putList(files: readonly unknown[], schema = 'maskloop.files/1'): Promise<ArtifactRef> {
  return store.put(Buffer.from(JSON.stringify({ schema, files })));
}

async function folderOf(...names: readonly string[]): Promise<FolderRef> {
  return describeStoredFolder(store, (await putList(names.map((name) => ({ name, ...image })))).uri);
}

describe('the list of the files of a folder', () => {
  it.each([
    ['leads up', '../secrets.png'],
    ['leads up from within', 'a/../../secrets.png'],
    ['is absolute', '/etc/passwd'],
    ['has a zero byte', 'a\0.png'],
    ['is empty', ''],
    ['has an empty part', 'a//b.png'],
    ['ends in a slash', 'a/'],
    ['names the folder itself', 'a/./b.png'],
    ['is hidden', 'a/.b.png'],
    ['is no text', '\uD800.png'],
  ])('is refused for a name that %s, which is told', async (_, name) => {
    const { uri } = await putList([
      { name: 'fine.png', ...image },
      { name, ...image },
    ]);
    await expect(describeStoredFolder(store, uri)).rejects.toMatchObject({
      code: 'InvalidFileList',
      facts: { uri, file: name },
    });
  });

  it('is refused for a name that is listed twice, and for a file outside of the store', async () => {
    const twice = await putList([
      { name: 'a.png', ...image },
      { name: 'b.png', ...image },
      { name: 'a.png', ...image },
    ]);
    await expect(describeStoredFolder(store, twice.uri)).rejects.toThrow('"a.png" is listed twice');
    const path = join(await newFolder(), 'private');
    await writeFile(path, 'image');
    for (const uri of [pathToFileURL(path).href, `store:sha256/${'0'.repeat(2)}/${'0'.repeat(64)}`]) {
      const list = await putList([{ name: 'a.png', ...image, uri }]);
      await expect(describeStoredFolder(store, list.uri)).rejects.toMatchObject({ code: 'InvalidFileList' });
    }
  });

  it('is refused for what is no list, of a version that is not known, or no address', async () => {
    const others = [image, await putList([], 'maskloop.files/2'), await putList([{ name: 'a.png' }])];
    for (const { uri } of others) {
      await expect(describeStoredFolder(store, uri)).rejects.toMatchObject({ code: 'InvalidFileList', facts: { uri } });
    }
    await expect(describeStoredFolder(store, 'store:../secrets')).rejects.toMatchObject({ code: 'InvalidFileList' });
    const absent = `store:sha256/ab/${'ab'.repeat(32)}`;
    await expect(describeStoredFolder(store, absent)).rejects.toMatchObject({ code: 'ArtifactMissing' });
  });

  it('is what an address means; any other text is the path of a folder, which needs no store', async () => {
    const folder = await folderOf('a.png');
    expect(await describeGiven(() => store, folder.uri)).toEqual(folder);
    const dir = await newFolder();
    await writeFile(join(dir, 'a.png'), 'image');
    const none = (): never => {
      throw new Error('no store is needed');
    };
    expect(await describeGiven(none, dir)).toEqual({ uri: pathToFileURL(dir).href, sha256: folder.sha256, files: 1 });
  });

  it('names the file that the store does not hold, before anything is read', async () => {
    const folder = await folderOf('a.png', 'v/b.png');
    await store.remove(image.sha256);
    for (const looked of [describeStoredFolder(store, folder.uri), verifyContents(store, folder, {})]) {
      await expect(looked).rejects.toThrow(/^The artifact store:.* "a\.png" is not in the store\.$/);
    }
    expect((await openContents(store, folder)).names).toEqual(['a.png', 'v/b.png']);
  });

  it('has names in the order of folders in place, whatever order it was written in', async () => {
    expect((await openContents(store, await folderOf('v/2', 'v-1', '\u{1F600}', 'v/10', '\uFF5E'))).names).toEqual([
      'v-1',
      'v/10',
      'v/2',
      '\uFF5E',
      '\u{1F600}',
    ]);
    expect(await folderOf('b', 'a')).toMatchObject({ sha256: (await folderOf('a', 'b')).sha256 });
  });

  it('is not taken for another one than that of the start', async () => {
    const [one, other] = [await folderOf('a.png'), await folderOf('b.png')];
    await expect(
      openContents(store, { ...one, ...(other.manifest && { manifest: other.manifest }) }),
    ).rejects.toMatchObject({
      code: 'ArtifactCorrupt',
    });
  });

  it('lets no damaged byte through', async () => {
    const folder = await folderOf('a.png');
    const contents = await verifyContents(store, folder, {});
    const path = await contents.pathOf('a.png');
    await rm(path);
    await writeFile(path, 'imaGe');
    await expect(contents.read('a.png')).rejects.toMatchObject({ code: 'ArtifactCorrupt' });
    await expect((await contents.open('a.png')).toArray()).rejects.toMatchObject({ code: 'ArtifactCorrupt' });
    await expect(contents.read('b.png')).rejects.toMatchObject({ code: 'InvalidFileList' });
  });
});
