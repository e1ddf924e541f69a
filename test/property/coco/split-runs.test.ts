import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { maskRuns } from '../../../src/coco/mask-runs.ts';
import type { Mask } from '../../../src/coco/mask.ts';
import { splitClasses } from '../../../src/coco/split-runs.ts';
import { arbitraryMask } from '../../kit/png-arbitrary.ts';

const SIDES = [
  [0, 1],
  [1, 0],
  [0, -1],
  [-1, 0],
] as const;
const CORNERS = [
  [1, 1],
  [1, -1],
  [-1, 1],
  [-1, -1],
] as const;

describe('splitClasses', () => {
  it('equals a flood fill of the pixels, begun at each first pixel column by column', () => {
    const masks = fc.constantFrom(1, 2).chain((max) => arbitraryMask(max, 14));
    fc.assert(
      fc.property(masks, fc.constantFrom<4 | 8>(4, 8), fc.nat(4), (mask, connectivity, minArea) => {
        for (const one of maskRuns(mask)) {
          const { shapes, dropped } = splitClasses([one], mask, { connectivity, minArea });
          const all = flood(mask, one.value, connectivity);
          const kept = all.filter((positions) => positions.length >= minArea);
          // Drawn and read again: runs, area and box are then those of a mask that holds the component alone.
          expect(shapes).toEqual(kept.map((positions) => alone(mask, positions, one.value)));
          const small = all.filter((positions) => positions.length < minArea);
          expect(dropped).toEqual({ components: small.length, pixels: small.flat().length });
          if (minArea === 0) expect(shapes.reduce((sum, { area }) => sum + area, 0)).toBe(one.area);
        }
      }),
      { numRuns: 400 },
    );
  });
});

/** Row-major positions of each component. */
function flood({ width, height, values }: Mask, value: number, connectivity: 4 | 8): number[][] {
  const steps = connectivity === 4 ? SIDES : [...SIDES, ...CORNERS];
  const left = new Set<number>();
  for (let x = 0; x < width; x += 1) {
    for (let y = 0; y < height; y += 1) if (values[y * width + x] === value) left.add(y * width + x);
  }
  const components: number[][] = [];
  for (const first of left) {
    left.delete(first);
    const found = [first];
    for (const at of found) {
      const [x, y] = [at % width, Math.floor(at / width)];
      for (const [dx, dy] of steps) {
        const inside = x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < height;
        const next = at + dy * width + dx;
        if (inside && left.delete(next)) found.push(next);
      }
    }
    components.push(found);
  }
  return components;
}

function alone({ width, height }: Mask, positions: readonly number[], value: number) {
  const values = new Uint8Array(width * height);
  for (const at of positions) values[at] = value;
  return maskRuns({ width, height, values })[0];
}
