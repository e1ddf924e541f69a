import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openLabelFolder } from '../../../src/collect/label-folder.ts';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'maskloop-labels-'));
});
afterAll(async () => rm(dir, { recursive: true, force: true }));

describe('a folder of labels', () => {
  it('has each label under the name of its frame, with its folders', async () => {
    const folder = openLabelFolder(join(dir, 'made'));
    await folder.put('case_1/a.b.jpg', Buffer.from('x'));
    await folder.put('case_2/a.b.jpg', Buffer.from('y'));
    expect(await readdir(join(dir, 'made/case_1'))).toEqual(['a.b.png']);
  });

  it.each(['../up.png', 'a/../../up.png', '/etc/up.png', 'a\\b.png', 'C:/up.png', 'a//b.png', './a.png'])(
    'refuses the frame %s, which would leave it',
    async (name) => {
      const before = await readdir(dir, { recursive: true });
      await expect(openLabelFolder(dir).put(name, Buffer.from('x'))).rejects.toMatchObject({ code: 'InvalidName' });
      expect(await readdir(dir, { recursive: true })).toEqual(before);
    },
  );

  it('refuses two frames that would be one file', async () => {
    const folder = openLabelFolder(dir);
    await folder.put('a.jpg', Buffer.from('x'));
    await expect(folder.put('a.png', Buffer.from('y'))).rejects.toMatchObject({ code: 'InvalidName' });
  });
});
