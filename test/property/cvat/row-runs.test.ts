import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { maskPoints } from '../../../src/cvat/mask-points.ts';

/** Run lengths that fill an image column by column, empty ones among them. */
const image = fc
  .record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) })
  .chain(({ width, height }) =>
    fc
      .array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2 * height })), { maxLength: 40 })
      .map((lengths) => ({ width, height, runs: filling(lengths, width * height) })),
  );

function filling(lengths: readonly number[], pixels: number): number[] {
  let left = pixels;
  const runs = lengths.map((length) => {
    const run = Math.min(length, left);
    left -= run;
    return run;
  });
  return [...runs, left];
}

/** The same points pixel by pixel. */
function slowly(runs: readonly number[], width: number, height: number): number[] {
  const columns = runs.flatMap((length, index) => Array.from({ length }, () => index % 2));
  const isSet = (x: number, y: number): boolean => columns[x * height + y] === 1;
  const all = Array.from({ length: width * height }, (_, at) => [at % width, Math.floor(at / width)] as const);
  const set = all.filter(([x, y]) => isSet(x, y));
  if (set.length === 0) return [1, 0, 0, 0, 0];
  const [xs, ys] = [set.map(([x]) => x), set.map(([, y]) => y)];
  const [left, top, right, bottom] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  const boxed = all.filter(([x, y]) => x >= left && x <= right && y >= top && y <= bottom);
  const lengths = [0];
  for (const [x, y] of boxed) {
    if (isSet(x, y) !== (lengths.length % 2 === 0)) lengths.push(0);
    lengths.push((lengths.pop() ?? 0) + 1);
  }
  return [...lengths, left, top, right, bottom];
}

describe('the row by row run lengths of a mask', () => {
  it('are those that its pixels give, whatever runs cross columns or are empty', () => {
    fc.assert(
      fc.property(image, ({ width, height, runs }) => {
        expect(maskPoints(runs, width, height)).toEqual(slowly(runs, width, height));
      }),
      { numRuns: 2000 },
    );
  });
});
