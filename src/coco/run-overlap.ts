import type { Overlap } from './compare.ts';
import { eachStretch } from './run-stretches.ts';

/**
 * Counts the pixels of two shapes, and those that they share, from their runs alone: the time grows with the runs, not
 * with the pixels.
 *
 * @param a column-major run lengths, background first, as `decodeCounts` gives them
 * @param b the same of an image of the same size
 */
export function runOverlap(a: ArrayLike<number>, b: ArrayLike<number>): Overlap {
  const overlap = { both: 0, a: foreground(a), b: foreground(b) };
  let start = 0;
  eachStretch(a, b, (end, inA, inB) => {
    if ((inA & inB) === 1) overlap.both += end - start;
    start = end;
  });
  return overlap;
}

function foreground(runs: ArrayLike<number>): number {
  let pixels = 0;
  for (let index = 1; index < runs.length; index += 2) pixels += runs[index]!;
  return pixels;
}
