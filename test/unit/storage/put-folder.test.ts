import { mkdir, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { tombstoneName } from '../../../src/contracts/ids.ts';
import { hashBytes } from '../../../src/storage/file-hash.ts';
import { describeFolder } from '../../../src/storage/folder-digest.ts';
import { createFolderStore } from '../../../src/storage/folder-store.ts';
import { openContents } from '../../../src/storage/open-contents.ts';
import { putFolder } from '../../../src/storage/put-folder.ts';
import { describeStoredFolder } from '../../../src/storage/stored-folder.ts';
import type { ArtifactStore } from '../../../src/storage/store.ts';
import { temporaryFolders } from './temporary-folder.ts';

const newFolder = temporaryFolders();
const FILES = { 'video_1/frame_2.png': 'two', 'video_1/frame_10.png': 'ten', 'b.png': 'b', 'copy of b.png': 'b' };

let dir: string;
let store: ArtifactStore;
beforeEach(async () => {
  dir = await newFolder();
  store = createFolderStore(join(await newFolder(), 'store'));
  await write(FILES);
});

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, name)), { recursive: true });
    await writeFile(join(dir, name), content);
  }
}

/** In one step: nobody reads a part. */
async function replace(name: string, content: string): Promise<void> {
  await writeFile(join(dir, '.new'), content);
  await rename(join(dir, '.new'), join(dir, name));
}

/** A store that counts what is written into it, and breaks at a file. */
function watched(breakAt = Infinity): { readonly store: ArtifactStore; readonly puts: string[] } {
  const puts: string[] = [];
  const put = async (content: Uint8Array | Readable) => {
    const ref = await store.put(content);
    puts.push(ref.sha256);
    if (puts.length > breakAt) throw new Error('the machine went down');
    return ref;
  };
  return { store: { ...store, put }, puts };
}

describe('putting a folder into the store', () => {
  it('gives every file back under its name, and the digest of the folder itself', async () => {
    const { folder, bytes, copied } = await putFolder(store, dir);
    const { uri, ...inPlace } = await describeFolder(dir);
    expect(folder).toEqual({ ...inPlace, uri: folder.manifest?.uri, manifest: expect.any(Object) });
    expect(folder.uri).not.toBe(uri);
    // Two of the files are equal.
    expect([bytes, copied]).toEqual([8, { files: 3, bytes: 7 }]);
    await rm(dir, { recursive: true });
    const contents = await openContents(store, folder);
    expect(contents.names).toEqual(['b.png', 'copy of b.png', 'video_1/frame_10.png', 'video_1/frame_2.png']);
    for (const [name, content] of Object.entries(FILES)) {
      expect(Buffer.from(await contents.read(name)).toString()).toBe(content);
      expect(await contents.sizeOf(name)).toBe(content.length);
      expect((await stat(await contents.pathOf(name))).size).toBe(content.length);
      expect(Buffer.concat(await (await contents.open(name)).toArray()).toString()).toBe(content);
    }
    expect(await describeStoredFolder(store, folder.uri)).toEqual(folder);
  });

  it('goes on where a try broke off, and copies nothing that is there', async () => {
    const broken = watched(1);
    await expect(putFolder(broken.store, dir)).rejects.toThrow('the machine went down');
    const first = new Set(broken.puts);
    const second = watched();
    const { folder } = await putFolder(second.store, dir);
    expect(second.puts.filter((sha256) => first.has(sha256))).toEqual([]);
    const third = watched();
    await write({ 'video_1/frame_2.png': '2' });
    const again = await putFolder(third.store, dir);
    expect(again.copied).toEqual({ files: 1, bytes: 1 });
    expect(third.puts).toHaveLength(2);
    expect(again.folder.uri).not.toBe(folder.uri);
    await write(FILES);
    expect((await putFolder(store, dir)).folder).toEqual(folder);
  });

  it('copies a file again of which the store holds a part', async () => {
    const { folder } = await putFolder(store, dir);
    const path = await (await openContents(store, folder)).pathOf('video_1/frame_2.png');
    await writeFile(path, 'tw');
    expect((await putFolder(store, dir)).copied).toEqual({ files: 1, bytes: 3 });
    await expect(store.get(await store.put(Buffer.from('two')))).resolves.toHaveLength(3);
  });

  it('mends a file of which a bit has turned in the store, and says that it copied it', async () => {
    const { folder } = await putFolder(store, dir);
    const path = await (await openContents(store, folder)).pathOf('video_1/frame_2.png');
    await writeFile(path, 'twn');
    expect((await putFolder(store, dir)).copied).toEqual({ files: 1, bytes: 3 });
    const contents = await openContents(store, folder);
    expect(Buffer.from(await contents.read('video_1/frame_2.png')).toString()).toBe('two');
    expect((await putFolder(store, dir)).copied).toEqual({ files: 0, bytes: 0 });
  });

  it('refuses files that were forgotten, by name, and copies none of them', async () => {
    await store.putNamed(tombstoneName(hashBytes('b')), Buffer.from('{}'));
    const facts = { where: dir, count: 2, frames: ['b.png', 'copy of b.png'] };
    await expect(putFolder(store, dir)).rejects.toMatchObject({ code: 'FrameForgotten', facts });
    expect(await store.sizeOf(hashBytes('b'))).toBeNull();
    await rm(join(dir, 'b.png'));
    await rm(join(dir, 'copy of b.png'));
    expect((await putFolder(store, dir)).folder.files).toBe(2);
  });

  it.each(['video_1/frame_2.png', 'b.png'])(
    'lists %s, which changes meanwhile, as the bytes that were copied, and no other file as these',
    async (name) => {
      let change: Promise<void> | undefined;
      const sizeOf = async (sha256: string) => {
        await (change ??= replace(name, 'changed'));
        return store.sizeOf(sha256);
      };
      const { folder } = await putFolder({ ...store, sizeOf }, dir);
      const contents = await openContents(store, folder);
      const found = await Promise.all(
        contents.names.map(async (each) => [each, Buffer.from(await contents.read(each)).toString()] as const),
      );
      const { [name]: changed, ...others } = Object.fromEntries(found);
      const { [name]: before, ...asBefore } = FILES as Readonly<Record<string, string>>;
      expect(others).toEqual(asBefore);
      // Where another file is equal, its copy may have been there first.
      expect(name === 'b.png' ? [before, 'changed'] : ['changed']).toContain(changed);
    },
  );

  it('stops when asked to, with the reason, and leaves no part of a file behind', async () => {
    await write(Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`${index}.png`, `${index}`])));
    const stop = new AbortController();
    const reason = new Error('enough');
    const put = putFolder(store, dir, { signal: stop.signal, onProgress: () => stop.abort(reason) });
    await expect(put).rejects.toBe(reason);
    const left = await readdir(join(store.address, 'sha256'), { recursive: true });
    expect(left.filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('refuses a folder without files, and tells of one that cannot be read', async () => {
    const empty = await newFolder();
    await writeFile(join(empty, '.hidden'), 'x');
    await expect(putFolder(store, empty)).rejects.toMatchObject({ code: 'EmptyFolder', facts: { folder: empty } });
    await symlink(join(dir, 'nowhere'), join(dir, 'lost.png'));
    await expect(putFolder(store, dir)).rejects.toMatchObject({
      code: 'UnreadableFile',
      facts: { path: join(dir, 'lost.png') },
    });
  });
});
