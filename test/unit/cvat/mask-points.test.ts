import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { maskPoints, maskProblem, paintMask } from '../../../src/cvat/mask-points.ts';
import { recordedMasks, VERSIONS } from './recorded.ts';

/** COCO's run lengths of a bitmap that is given row by row. */
function columnRuns(bits: readonly number[], width: number, height: number): number[] {
  const runs = [0];
  let current = 0;
  for (let x = 0; x < width; x += 1) {
    for (let y = 0; y < height; y += 1) {
      const bit = bits[y * width + x] ?? 0;
      if (bit !== current) runs.push(0);
      current = bit;
      runs.push((runs.pop() ?? 0) + 1);
    }
  }
  return runs;
}

/** Reads COCO's compressed counts: 5 bits a character, low ones first, each run from the third on relative to the one two before. */
function decoded(counts: string | readonly number[]): number[] {
  if (typeof counts !== 'string') return [...counts];
  const runs: number[] = [];
  for (let at = 0; at < counts.length;) {
    let [value, shift, digit] = [0, 0, 0];
    do {
      digit = counts.charCodeAt(at++) - 48;
      value += (digit & 0x1f) * 2 ** shift;
      shift += 5;
    } while ((digit & 0x20) !== 0);
    if ((digit & 0x10) !== 0) value -= 2 ** shift;
    runs.push(runs.length > 2 ? value + (runs.at(-2) ?? 0) : value);
  }
  return runs;
}

const image = fc
  .record({ width: fc.integer({ min: 1, max: 12 }), height: fc.integer({ min: 1, max: 12 }) })
  .chain(({ width, height }) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      bits: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: width * height, maxLength: width * height }),
    }),
  );

describe('mask points', () => {
  it.each(VERSIONS)('are those that CVAT %s stored for the COCO masks it was sent', (version) => {
    const imports = recordedMasks(version);
    expect(imports.length).toBeGreaterThan(2);
    for (const { case: title, sent, stored } of imports) {
      const ours = sent.map(({ size: [height, width], counts }) => maskPoints(decoded(counts), width, height).join());
      expect([title, ours.toSorted()]).toEqual([title, stored.map((points) => points.join()).toSorted()]);
    }
  });

  it('paint back exactly the mask that they were made from', () => {
    fc.assert(
      fc.property(image, ({ width, height, bits }) => {
        const points = maskPoints(columnRuns(bits, width, height), width, height);
        expect(maskProblem(points, width, height)).toBeNull();
        const target = new Uint8Array(width * height);
        paintMask(points, target, width, height, 1);
        expect([...target]).toEqual(bits);
      }),
      { numRuns: 500 },
    );
  });

  it('have a box whose four sides all touch the mask', () => {
    fc.assert(
      fc.property(image, ({ width, height, bits }) => {
        fc.pre(bits.includes(1));
        const [left, top, right, bottom] = maskPoints(columnRuns(bits, width, height), width, height).slice(-4);
        const pixels = bits.flatMap((bit, i) => (bit === 1 ? [{ x: i % width, y: Math.floor(i / width) }] : []));
        expect(left).toBe(Math.min(...pixels.map(({ x }) => x)));
        expect(right).toBe(Math.max(...pixels.map(({ x }) => x)));
        expect(top).toBe(Math.min(...pixels.map(({ y }) => y)));
        expect(bottom).toBe(Math.max(...pixels.map(({ y }) => y)));
      }),
    );
  });

  it('of an empty mask are what CVAT stores for it', () => {
    expect(maskPoints([24], 6, 4)).toEqual([1, 0, 0, 0, 0]);
  });

  it('begin with a background of 0 when the first pixel of the box is in the mask', () => {
    // A column of two pixels and one right of its lower end, in an image of 4×3.
    expect(maskPoints([3, 2, 2, 1, 4], 4, 3)).toEqual([0, 1, 1, 2, 1, 0, 2, 1]);
  });

  it('are refused where the runs do not add up to the image', () => {
    expect(() => maskPoints([3, 2], 4, 3)).toThrow('Runs of 5 pixels for an image of 4×3');
  });

  it('leave every other pixel as it is', () => {
    const target = new Uint16Array(12).fill(7);
    paintMask([0, 1, 1, 2, 1, 0, 2, 1], target, 4, 3, 300);
    expect([...target]).toEqual([7, 300, 7, 7, 7, 300, 300, 7, 7, 7, 7, 7]);
  });
});

describe('what is no mask', () => {
  it.each([
    [[0, 4, 1, 1], 'too few'],
    [[0, 4, 3, 3, 4, 4], 'does not lie in the frame'],
    [[0, 4, -1, 0, 0, 1], 'no length'],
    [[0, 4, 1, 1, 0, 2], 'does not lie in the frame'],
    [[0, 3, 0, 0, 1, 1], 'the runs cover 3 pixels of a box of 4'],
    [[0, 5, 0, 0, 1, 1], 'the runs cover 5 pixels of a box of 4'],
    [[0.5, 3.5, 0, 0, 1, 1], 'no length'],
  ])('%j is refused and nothing is painted', (points, problem) => {
    expect(maskProblem(points, 4, 4)).toContain(problem);
    const target = new Uint8Array(16);
    expect(() => paintMask(points, target, 4, 4, 1)).toThrow(problem);
    expect(target.every((value) => value === 0)).toBe(true);
  });
});
