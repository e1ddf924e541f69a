import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { listMasks } from '../../../src/coco/list-masks.ts';
import { failureOf } from './failure-of.ts';
import { withFolder } from './folder.ts';

describe('listMasks', () => {
  it('lists subfolders with slashes, in the order of UTF-8 bytes', async () => {
    const names = [
      'b.png',
      'B.png',
      'a/z.png',
      'a.png',
      'a-b.png',
      'é.png',
      '\u{1F600}.png',
      '\uFF5E.png',
      'frame_10.png',
    ];
    const files = Object.fromEntries([...names, 'frame_9.png'].map((name) => [name, '']));
    const { masks } = await withFolder(files, listMasks);
    expect(masks).toEqual([
      'B.png',
      'a-b.png',
      'a.png',
      'a/z.png',
      'b.png',
      'frame_10.png',
      'frame_9.png',
      'é.png',
      '\uFF5E.png',
      '\u{1F600}.png',
    ]);
  });

  it('takes .PNG in any case and counts what it leaves out', async () => {
    const files = {
      'a.PNG': '',
      'b.Png': '',
      'notes.txt': '',
      '.DS_Store': '',
      '._a.png': '',
      png: '',
      'c.png.bak': '',
    };
    expect(await withFolder(files, listMasks)).toEqual({ masks: ['a.PNG', 'b.Png'], ignored: 5 });
  });

  it('leaves out hidden folders with all they hold, as one entry', async () => {
    const files = { 'a.png': '', '.checkpoints/a.png': '', '.checkpoints/b.png': '' };
    expect(await withFolder(files, listMasks)).toEqual({ masks: ['a.png'], ignored: 1 });
  });

  it('looks into a folder that is named like a mask', async () => {
    expect((await withFolder({ 'a.png/b.png': '' }, listMasks)).masks).toEqual(['a.png/b.png']);
  });

  it('follows links to files and folders, but never in a circle', async () => {
    await withFolder({ 'masks/a.png': '', 'masks/sub/b.png': '', 'elsewhere/c.png': '' }, async (dir) => {
      const masks = join(dir, 'masks');
      await symlink(join(dir, 'elsewhere'), join(masks, 'linked'));
      await symlink('..', join(masks, 'sub', 'up'));
      await symlink(masks, join(dir, 'elsewhere', 'back'));
      await symlink('a.png', join(masks, 'd.png'));
      expect(await listMasks(masks)).toEqual({
        masks: ['a.png', 'd.png', 'linked/c.png', 'sub/b.png'],
        ignored: 2,
      });
    });
  });

  it('refuses a broken link that is named like a mask and passes over others', async () => {
    await withFolder({ 'a.png': '' }, async (dir) => {
      await symlink('nowhere', join(dir, 'readme'));
      expect(await listMasks(dir)).toEqual({ masks: ['a.png'], ignored: 1 });
      await symlink('nowhere', join(dir, 'b.png'));
      const failure = await failureOf(() => listMasks(dir));
      expect(failure).toMatchObject({ code: 'UnreadableFile', facts: { file: join(dir, 'b.png'), reason: 'ENOENT' } });
    });
  });

  it('refuses a named pipe instead of waiting at it', async () => {
    await withFolder({}, async (dir) => {
      execFileSync('mkfifo', [join(dir, 'a.png')]);
      const failure = await failureOf(() => listMasks(dir));
      expect(failure).toMatchObject({ code: 'UnreadableFile', facts: { reason: 'it is not a regular file' } });
    });
  });

  it('refuses a mask whose name is not UTF-8, since no document could name it', async () => {
    await withFolder({}, async (dir) => {
      await writeFile(Buffer.concat([Buffer.from(`${dir}/`), Buffer.from([0xff]), Buffer.from('.png')]), '');
      expect(await failureOf(() => listMasks(dir))).toMatchObject({ code: 'UnreadableFile' });
    });
  });

  it('refuses a folder that is missing or a file', async () => {
    await withFolder({ file: '' }, async (dir) => {
      const missing = await failureOf(() => listMasks(join(dir, 'none')));
      expect(missing).toMatchObject({ code: 'UnreadableFile', facts: { reason: 'ENOENT' } });
      const file = await failureOf(() => listMasks(join(dir, 'file')));
      expect(file).toMatchObject({ code: 'UnreadableFile', facts: { reason: 'ENOTDIR' } });
      await mkdir(join(dir, 'empty'));
      expect(await listMasks(join(dir, 'empty'))).toEqual({ masks: [], ignored: 0 });
    });
  });
});
