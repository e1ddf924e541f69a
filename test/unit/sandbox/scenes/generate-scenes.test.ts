import { describe, expect, it } from '@jest/globals';
import { PNG } from 'pngjs';
import { SCENE_CATEGORIES } from '../../../../src/sandbox/scenes/categories.ts';
import { agreement } from '../../../../src/sandbox/scenes/correct-towards.ts';
import { generateScenes, type Scene } from '../../../../src/sandbox/scenes/generate-scenes.ts';

const size = { width: 96, height: 72 };
const generate = (seed: number, frames: number): Scene[] => [...generateScenes({ seed, frames, ...size })];

describe('generated scenes', () => {
  const scenes = generate(11, 16);

  it('are the same for the same seed, and a longer series begins with the shorter one', () => {
    const text = (list: readonly Scene[]) =>
      list.map(({ image, truth, preliminary }) =>
        [image, truth.values, preliminary.values].map((bytes) => Buffer.from(bytes).toString('base64')),
      );
    expect(text(generate(11, 3))).toEqual(text(scenes.slice(0, 3)));
  });

  it('differ from seed to seed and from frame to frame', () => {
    const others = generate(12, 16);
    for (const [index, scene] of scenes.entries()) {
      expect(Buffer.from(scene.image).equals(Buffer.from(others[index]!.image))).toBe(false);
    }
    expect(new Set(scenes.map(({ truth }) => Buffer.from(truth.values).toString('base64'))).size).toBe(16);
  });

  it('are RGB pictures of 8 bits, in the size that was asked for, named by their number', () => {
    const [first, second] = generateScenes({ seed: 1, frames: 2, width: 50, height: 40 });
    expect([first?.name, second?.name]).toEqual(['frame_000000.png', 'frame_000001.png']);
    const png = PNG.sync.read(Buffer.from(first!.image));
    expect(png).toMatchObject({ width: 50, height: 40, colorType: 2, depth: 8 });
    expect(first?.truth).toMatchObject({ width: 50, height: 40 });
  });

  it('show every category somewhere and nothing that is no category', () => {
    const seen = new Set(scenes.flatMap(({ truth, preliminary }) => [...truth.values, ...preliminary.values]));
    expect([...seen].toSorted((a, b) => a - b)).toEqual([0, ...SCENE_CATEGORIES.map(({ id }) => id)]);
  });

  it('come with preliminary masks of which some are good, most need work and some lack an instance', () => {
    const qualities = scenes.map(({ preliminary, truth }) => agreement(preliminary, truth));
    expect(qualities.filter((quality) => quality >= 0.95).length).toBeGreaterThan(0);
    expect(qualities.filter((quality) => quality < 0.9).length).toBeGreaterThan(5);
    const missing = scenes.filter(({ preliminary, truth }) =>
      SCENE_CATEGORIES.some(({ id }) => truth.values.includes(id) && !preliminary.values.includes(id)),
    );
    expect(missing.length).toBeGreaterThan(0);
  });
});
