import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeFolder } from '../../../src/storage/folder-digest.ts';
import { listMasks } from '../../../src/coco/list-masks.ts';
import { listFiles } from '../../../src/storage/folder-files.ts';
import { temporaryFolders } from './temporary-folder.ts';

const newFolder = temporaryFolders();

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

describe('listFiles', () => {
  it('lists all files by UTF-8 order and leaves out what begins with a dot', async () => {
    const folder = await newFolder();
    // U+FF5E sorts before U+1F600 by bytes, after it by UTF-16 code units; `-` sorts before `/`.
    await write(folder, { '\u{1F600}': '', '\uFF5E': '', B: '', a: '', 'v/2': '', 'v/10': '', 'v-1': '', é: '' });
    await write(folder, { '.DS_Store': '', '.git/config': '', 'v/.hidden': '' });
    expect(await listFiles(folder)).toEqual(['B', 'a', 'v-1', 'v/10', 'v/2', 'é', '\uFF5E', '\u{1F600}']);
  });

  it('follows links, leaves out one that leads back up as the conversion does, and refuses one that leads nowhere', async () => {
    const folder = await newFolder();
    const elsewhere = await newFolder();
    await write(elsewhere, { 'x.png': 'x', 'deep/y.png': 'y' });
    await symlink(elsewhere, join(folder, 'video'));
    await symlink(join(elsewhere, 'x.png'), join(folder, 'one.png'));
    await symlink(elsewhere, join(folder, 'again'));
    expect(await listFiles(folder)).toEqual([
      'again/deep/y.png',
      'again/x.png',
      'one.png',
      'video/deep/y.png',
      'video/x.png',
    ]);
    const before = await listFiles(folder);
    await symlink(folder, join(elsewhere, 'deep', 'back'));
    expect(await listFiles(folder)).toEqual(before);
    expect((await listMasks(folder)).masks).toEqual(before);
    await rm(join(elsewhere, 'deep', 'back'));
    await symlink('nowhere', join(folder, 'lost.png'));
    await expect(listFiles(folder)).rejects.toMatchObject({ facts: { path: join(folder, 'lost.png') } });
  });

  it('lists a subfolder with more files than a call may have arguments', async () => {
    const folder = await newFolder();
    const elsewhere = await newFolder();
    await write(elsewhere, Object.fromEntries([...Array(1000).keys()].map((index) => [`${index}.png`, ''])));
    await mkdir(join(folder, 'deep'));
    for (let link = 0; link < 150; link += 1) await symlink(elsewhere, join(folder, 'deep', String(link)));
    expect(await listFiles(folder)).toHaveLength(150_000);
  });

  it('names a folder that is none', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'file'), '');
    for (const path of [join(folder, 'absent'), join(folder, 'file')]) {
      await expect(listFiles(path)).rejects.toMatchObject({ code: 'UnreadableFile', facts: { path } });
    }
  });
});

describe('describeFolder', () => {
  it('hashes names and contents exactly as documented', async () => {
    const folder = await newFolder();
    await write(folder, { 'b.png': 'two', 'a/é.png': 'one' });
    const whole = createHash('sha256');
    for (const [name, content] of [
      ['a/é.png', 'one'],
      ['b.png', 'two'],
    ] as const) {
      whole.update(`${name}\0`, 'utf8').update(createHash('sha256').update(content).digest());
    }
    expect(await describeFolder(folder)).toEqual({
      uri: pathToFileURL(folder).href,
      sha256: whole.digest('hex'),
      files: 2,
    });
  });

  it('is the same for the same files anywhere, and another after any single change', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.stringMatching(/^([a-c]{1,2}\/)?[a-c]{1,3}\.png$/), fc.string({ maxLength: 4 }), {
          minKeys: 1,
          maxKeys: 6,
        }),
        fc.nat(),
        async (files, pick) => {
          const [one, other] = [await newFolder(), await newFolder()];
          await write(one, files);
          await write(other, Object.fromEntries(Object.entries(files).toReversed()));
          const before = (await describeFolder(one)).sha256;
          expect((await describeFolder(other)).sha256).toBe(before);
          const name = Object.keys(files)[pick % Object.keys(files).length] ?? '';
          await writeFile(join(one, name), `${files[name]}!`);
          expect((await describeFolder(one)).sha256).not.toBe(before);
          await rename(join(other, name), join(other, `${name}_`));
          expect((await describeFolder(other)).sha256).not.toBe(before);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('counts only accepted files', async () => {
    const folder = await newFolder();
    await write(folder, { 'a.png': 'a', 'notes.txt': 'n' });
    const accepted = await describeFolder(folder, { accept: (name) => name.endsWith('.png') });
    await rm(join(folder, 'notes.txt'));
    expect(accepted).toEqual(await describeFolder(folder));
    expect(accepted.files).toBe(1);
  });

  it('stops when aborted, with the reason of the signal', async () => {
    const folder = await newFolder();
    await write(folder, Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`${i}.png`, 'x'])));
    const reason = new Error('enough');
    const abort = new AbortController();
    let seen = 0;
    const described = describeFolder(folder, {
      signal: abort.signal,
      accept: () => {
        seen += 1;
        if (seen === 200) abort.abort(reason);
        return true;
      },
    });
    await expect(described).rejects.toBe(reason);
    await expect(describeFolder(folder, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('names a file that is gone before it is read', async () => {
    const folder = await newFolder();
    await write(folder, { 'a.png': 'a', 'b.png': 'b' });
    const described = describeFolder(folder, {
      accept: (name) => {
        if (name === 'b.png') rmSync(join(folder, name));
        return true;
      },
    });
    await expect(described).rejects.toMatchObject({
      code: 'UnreadableFile',
      facts: { path: join(folder, 'b.png'), code: 'ENOENT' },
    });
  });
});
