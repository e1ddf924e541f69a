import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readMask } from '../../../../src/coco/read-mask.ts';
import { SCENE_CATEGORIES, SCENE_MODEL_LABELS } from '../../../../src/sandbox/scenes/categories.ts';
import { generateScenes } from '../../../../src/sandbox/scenes/generate-scenes.ts';
import { type WrittenScenes, writeScenes } from '../../../../src/sandbox/scenes/write-scenes.ts';

const options = { seed: 2, frames: 3, width: 64, height: 48 };
let dir: string;
let written: WrittenScenes;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'scenes-'));
  written = writeScenes(join(dir, 'new', 'folder'), options);
});
afterAll(() => rmSync(dir, { recursive: true }));

describe('written scenes', () => {
  it('read back as they were generated', () => {
    for (const scene of generateScenes(options)) {
      const read = (folder: string) => readMask(readFileSync(join(folder, scene.name)), scene.name);
      expect(readFileSync(join(written.imagesDir, scene.name)).equals(Buffer.from(scene.image))).toBe(true);
      expect([...read(written.masksDir).values]).toEqual([...scene.preliminary.values]);
      expect([...read(written.truthDir).values]).toEqual([...scene.truth.values]);
      expect(written.truthOf(scene.name)).toMatchObject({ width: 64, height: 48 });
    }
    expect(readdirSync(written.imagesDir)).toHaveLength(3);
  });

  it('name categories that a model knows under other numbers', () => {
    const categories = JSON.parse(readFileSync(written.categoriesFile, 'utf8')) as { id: number; name: string }[];
    expect(categories).toEqual(SCENE_CATEGORIES);
    expect(categories.map(({ name }) => name).toSorted()).toEqual(Object.keys(SCENE_MODEL_LABELS).toSorted());
    for (const { id, name } of categories) expect(SCENE_MODEL_LABELS[name]).not.toBe(id);
  });

  it('know no truth of other frames', () => {
    expect(written.truthOf('../categories.json')).toBeNull();
    expect(written.truthOf('frame_000003.png')).toBeNull();
  });
});
