import type { Overlap } from './compare.ts';

/**
 * Counts the pixels of two shapes, and those that they share, from their runs alone: the time grows with the runs, not
 * with the pixels.
 *
 * @param a column-major run lengths, background first, as `decodeCounts` gives them
 * @param b the same of an image of the same size
 */
export function runOverlap(a: ArrayLike<number>, b: ArrayLike<number>): Overlap {
  const overlap = { both: 0, a: foreground(a), b: foreground(b) };
  let [indexA, indexB] = [0, 0];
  let [endA, endB] = [a[0] ?? 0, b[0] ?? 0];
  let position = 0;
  while (indexA < a.length && indexB < b.length) {
    const end = Math.min(endA, endB);
    // Runs with an odd index are foreground.
    if ((indexA & indexB & 1) === 1) overlap.both += end - position;
    position = end;
    if (endA === end) {
      indexA += 1;
      endA += a[indexA] ?? 0;
    }
    if (endB === end) {
      indexB += 1;
      endB += b[indexB] ?? 0;
    }
  }
  return overlap;
}

function foreground(runs: ArrayLike<number>): number {
  let pixels = 0;
  for (let index = 1; index < runs.length; index += 2) pixels += runs[index]!;
  return pixels;
}
