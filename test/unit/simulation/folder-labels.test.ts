import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeMask } from '../../../src/coco/write-mask.ts';
import { DEFAULT_RULES } from '../../../src/contracts/conversion.ts';
import { drawLabels } from '../../../src/simulation/prepare-frames.ts';
import { folderLabels } from '../../../src/simulation/folder-labels.ts';
import { contentsInPlace } from '../../../src/storage/contents-in-place.ts';
import { listFiles } from '../../../src/storage/folder-files.ts';

const mask = { width: 3, height: 2, values: Uint8Array.from([0, 255, 255, 7, 0, 2]) };

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'maskloop-labels-'));
  await mkdir(join(dir, 'video'));
  await writeFile(join(dir, 'video', '1.png'), writeMask(mask));
  await writeFile(join(dir, 'notes.txt'), '');
});
afterEach(async () => rm(dir, { recursive: true }));

const open = async (rules: Partial<typeof DEFAULT_RULES>) => {
  const contents = contentsInPlace(dir, await listFiles(dir));
  return folderLabels(contents, [{ id: 1 }, { id: 2 }], { ...DEFAULT_RULES, ...rules });
};

describe('a folder of labels', () => {
  it('is read by the rules of the loop, pixel by pixel', async () => {
    const labels = await open({ values: [[255, 1]], ignore: [7] });
    expect([...labels.stems]).toEqual(['video/1']);
    expect(await labels.read('video/1')).toEqual({ ...mask, values: Uint8Array.from([0, 1, 1, 0, 0, 2]) });
  });

  it('names the mask that holds what is no category', async () => {
    const labels = await open({ values: [[255, 1]] });
    await expect(labels.read('video/1')).rejects.toMatchObject({
      code: 'UndeclaredCategory',
      message: expect.stringContaining('video/1.png'),
    });
  });
});

describe('the annotator of a simulation', () => {
  it('draws the label of a frame, and refuses one of another size or none', () => {
    const draw = drawLabels((stem) => (stem === 'video/1' ? mask : null));
    expect(draw({ name: 'video/1.jpg', width: 3, height: 2 })).toBe(mask);
    expect(() => draw({ name: 'video/1.jpg', width: 2, height: 3 })).toThrow('has a label of 3 × 2 pixels');
    expect(() => draw({ name: 'video/2.jpg', width: 3, height: 2 })).toThrow('has no label');
  });
});
