import { mkdirSync, rmSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { masksToCoco } from '../../../src/coco/masks-to-coco.ts';
import { writeMask } from '../../../src/coco/write-mask.ts';
import { failureOf } from './failure-of.ts';
import { contents, withFolder } from './folder.ts';
import { maskOf } from './mask-of.ts';

type Options = Parameters<typeof masksToCoco>[0];

const GOOD = writeMask(maskOf('1 0'));

function options(dir: string, more: Partial<Options> = {}): Options {
  const categories = [{ id: 1, name: 'needle' }];
  return {
    maskDir: join(dir, 'masks'),
    outDir: join(dir, 'out'),
    task: 'T',
    categories,
    preannotations: true,
    ...more,
  };
}

/** Runs `action` in a folder with these masks and an `out` that holds one document of an earlier conversion. */
function withMasks(masks: Record<string, Uint8Array | string>, action: (dir: string) => Promise<void>): Promise<void> {
  const files = Object.fromEntries(Object.entries(masks).map(([name, content]) => [`masks/${name}`, content]));
  return withFolder({ 'out/T.json': 'earlier', ...files }, action);
}

/** Nothing may be left behind, and nothing that was there may be touched. */
async function expectUntouched(dir: string): Promise<void> {
  expect(await contents(join(dir, 'out'))).toEqual(['T.json']);
  expect(await readFile(join(dir, 'out', 'T.json'), 'utf8')).toBe('earlier');
}

describe('masksToCoco leaves the output folder as it was and names', () => {
  it.each<[string, Record<string, Uint8Array | string>, object]>([
    ['a file called .png that is none', { 'a.png': GOOD, 'sub/b.png': 'text' }, { code: 'NotAPng' }],
    ['a truncated PNG', { 'a.png': GOOD, 'b.png': GOOD.subarray(0, 50) }, { code: 'TruncatedPng' }],
    ['an empty file', { 'a.png': GOOD, 'b.png': '' }, { code: 'TruncatedPng' }],
  ])('%s, with its path', async (_, masks, expected) => {
    await withMasks(masks, async (dir) => {
      const failure = await failureOf(() => masksToCoco(options(dir)));
      expect(failure).toMatchObject(expected);
      expect(failure.facts['file']).toMatch(/masks\/(sub\/)?b\.png$/);
      await expectUntouched(dir);
    });
  });

  it('an undeclared value, with file, value and count', async () => {
    await withMasks({ 'a.png': GOOD, 'b.png': writeMask(maskOf('7 1 7', '300 0 7')) }, async (dir) => {
      const failure = await failureOf(() => masksToCoco(options(dir)));
      const file = join(dir, 'masks', 'b.png');
      expect(failure).toMatchObject({
        code: 'UndeclaredCategory',
        facts: { file, value: 7, count: 3, undeclared: [7, 300] },
      });
      expect(failure.message).toContain('3 pixels of value 7');
      await expectUntouched(dir);
    });
  });

  it('a folder without masks, with the number of other files', async () => {
    await withMasks({ 'notes.txt': '', '.DS_Store': '' }, async (dir) => {
      const failure = await failureOf(() => masksToCoco(options(dir)));
      expect(failure).toMatchObject({
        code: 'EmptyMaskFolder',
        facts: { folder: join(dir, 'masks'), ignoredFiles: 2 },
      });
      await expectUntouched(dir);
    });
  });

  it('a mask folder that is missing', async () => {
    await withMasks({}, async (dir) => {
      const failure = await failureOf(() => masksToCoco(options(dir)));
      expect(failure).toMatchObject({ code: 'UnreadableFile', facts: { reason: 'ENOENT' } });
      await expectUntouched(dir);
    });
  });

  it('a mask that vanishes while others are converted', async () => {
    await withMasks({ 'a.png': GOOD, 'b.png': GOOD }, async (dir) => {
      const vanishing = join(dir, 'masks', 'b.png');
      const failure = await failureOf(() => masksToCoco(options(dir, { onProgress: () => rmSync(vanishing) })));
      expect(failure).toMatchObject({ code: 'UnreadableFile', facts: { file: vanishing, reason: 'ENOENT' } });
      await expectUntouched(dir);
    });
  });

  it('a task without a name', async () => {
    await withMasks({ 'a.png': GOOD }, async (dir) => {
      expect((await failureOf(() => masksToCoco(options(dir, { task: ' ' })))).code).toBe('InvalidName');
      await expectUntouched(dir);
    });
  });

  it('an output folder that is missing or a file', async () => {
    await withMasks({ 'a.png': GOOD }, async (dir) => {
      const missing = await failureOf(() => masksToCoco(options(dir, { outDir: join(dir, 'none') })));
      expect(missing).toMatchObject({ code: 'OutputNotWritable', facts: { reason: 'ENOENT' } });
      const file = await failureOf(() => masksToCoco(options(dir, { outDir: join(dir, 'masks', 'a.png') })));
      expect(file).toMatchObject({ code: 'OutputNotWritable', facts: { reason: 'ENOTDIR' } });
      await expectUntouched(dir);
    });
  });

  it('a file name that the file system does not take', async () => {
    await withMasks({ 'a.png': GOOD }, async (dir) => {
      const failure = await failureOf(() => masksToCoco(options(dir, { task: 'x'.repeat(300) })));
      expect(failure).toMatchObject({ code: 'OutputNotWritable', facts: { reason: 'ENAMETOOLONG' } });
      await expectUntouched(dir);
    });
  });

  it('a copy for CVAT whose name a folder has, before any mask is read', async () => {
    await withMasks({ 'a.png': 'not a mask' }, async (dir) => {
      const blocked = join(dir, 'out', 'T.cvat.json');
      await mkdir(blocked);
      const failure = await failureOf(() => masksToCoco(options(dir)));
      expect(failure).toMatchObject({ code: 'OutputNotWritable', facts: { file: blocked, reason: 'EISDIR' } });
      expect(await contents(join(dir, 'out'))).toEqual(['T.cvat.json', 'T.json']);
      expect(await readFile(join(dir, 'out', 'T.json'), 'utf8')).toBe('earlier');
    });
  });

  it('a copy for CVAT whose place is lost on the way, and then takes the new document back too', async () => {
    await withMasks({ 'a.png': GOOD }, async (dir) => {
      const blocked = join(dir, 'out', 'U.cvat.json');
      const failure = await failureOf(() =>
        masksToCoco(options(dir, { task: 'U', onProgress: () => mkdirSync(blocked) })),
      );
      expect(failure).toMatchObject({ code: 'OutputNotWritable', facts: { file: blocked } });
      expect(await contents(join(dir, 'out'))).toEqual(['T.json', 'U.cvat.json']);
    });
  });
});

describe('masksToCoco stops when aborted', () => {
  it('before the next mask, with the reason of the signal', async () => {
    await withMasks({ 'a.png': GOOD, 'b.png': GOOD, 'c.png': GOOD }, async (dir) => {
      const controller = new AbortController();
      const reason = new Error('enough');
      const seen: number[] = [];
      const onProgress = ({ done }: { done: number }) => {
        seen.push(done);
        if (done === 2) controller.abort(reason);
      };
      await expect(masksToCoco(options(dir, { signal: controller.signal, onProgress }))).rejects.toBe(reason);
      expect(seen).toEqual([1, 2]);
      await expectUntouched(dir);
    });
  });

  it('after the last mask, while nothing has its name yet', async () => {
    await withMasks({ 'a.png': GOOD }, async (dir) => {
      const controller = new AbortController();
      const onProgress = () => controller.abort();
      await expect(masksToCoco(options(dir, { signal: controller.signal, onProgress }))).rejects.toThrow('abort');
      await expectUntouched(dir);
    });
  });
});
