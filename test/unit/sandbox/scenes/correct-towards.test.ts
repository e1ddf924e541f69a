import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../kit/seeded-properties.ts';
import type { Mask } from '../../../../src/coco/mask.ts';
import { agreement, correctTowards } from '../../../../src/sandbox/scenes/correct-towards.ts';
import { generateScenes } from '../../../../src/sandbox/scenes/generate-scenes.ts';

const scenes = [...generateScenes({ seed: 4, frames: 12, width: 120, height: 90 })];
const truthOf = (name: string): Mask | null => scenes.find((scene) => scene.name === name)?.truth ?? null;
const frameOf = (name: string, mask: Mask) => ({ name, width: mask.width, height: mask.height });

describe('the correction of an annotator who knows the truth', () => {
  const correct = correctTowards(truthOf, 9);
  const corrected = scenes.map(({ name, preliminary }) => correct(frameOf(name, preliminary), preliminary));

  it('leaves good masks alone, the very same object', () => {
    const untouched = scenes.filter(({ preliminary }, index) => corrected[index] === preliminary);
    expect(untouched.length).toBeGreaterThan(0);
    expect(untouched.length).toBeLessThan(scenes.length);
    for (const { preliminary, truth } of untouched) expect(agreement(preliminary, truth)).toBeGreaterThanOrEqual(0.95);
  });

  it('redraws the others close to the truth, but not exactly', () => {
    for (const [index, { preliminary, truth }] of scenes.entries()) {
      const mask = corrected[index]!;
      if (mask === preliminary) continue;
      expect(agreement(mask, truth)).toBeGreaterThan(agreement(preliminary, truth));
      expect(agreement(mask, truth)).toBeGreaterThan(0.9);
      expect(agreement(mask, truth)).toBeLessThan(1);
    }
  });

  it('depends on the seed and the frame alone', () => {
    const { name, preliminary } = scenes.find((scene, index) => corrected[index] !== scene.preliminary)!;
    const again = correctTowards(truthOf, 9)(frameOf(name, preliminary), preliminary);
    const before = corrected[scenes.findIndex((scene) => scene.name === name)]!;
    expect(agreement(again, before)).toBe(1);
    const other = correctTowards(truthOf, 10)(frameOf(name, preliminary), preliminary);
    expect(agreement(again, other)).toBeLessThan(1);
  });

  it('only smooths a mask whose truth is unknown or of another size', () => {
    const speck: Mask = { width: 20, height: 20, values: new Uint8Array(400) };
    for (let y = 5; y < 15; y += 1) speck.values.fill(4, y * 20 + 5, y * 20 + 15);
    speck.values[2 * 20 + 2] = 1;
    for (const name of ['foreign.png', scenes[0]!.name]) {
      const mask = correct(frameOf(name, speck), speck);
      expect(mask.values[2 * 20 + 2]).toBe(0);
      expect(mask.values[10 * 20 + 10]).toBe(4);
      expect(agreement(mask, speck)).toBeGreaterThan(0.85);
    }
  });

  it('never invents a category', () => {
    const anyMask = fc
      .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
      .chain(([width, height]) =>
        fc
          .uint8Array({ minLength: width * height, maxLength: width * height, max: 4 })
          .map((values): Mask => ({ width, height, values })),
      );
    fc.assert(
      fc.property(anyMask, fc.string(), (mask, name) => {
        const known = new Set(mask.values);
        const result = correct(frameOf(name, mask), mask);
        return result.values.length === mask.values.length && result.values.every((value) => known.has(value));
      }),
    );
  });
});
