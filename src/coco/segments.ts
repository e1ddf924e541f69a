/** The pixels of a class as vertical stretches, each within one column, in column-major order. */
export interface Segments {
  readonly length: number;
  /** Column, first row and row after the last of each. Two of one column do not touch. */
  readonly xs: Uint32Array;
  readonly tops: Uint32Array;
  readonly ends: Uint32Array;
}

/**
 * Cuts runs at the ends of columns.
 *
 * @param runs column-major run lengths, background first
 */
export function segmentsOf(runs: ArrayLike<number>, height: number): Segments {
  const length = countSegments(runs, height);
  const [xs, tops, ends] = [new Uint32Array(length), new Uint32Array(length), new Uint32Array(length)];
  let used = 0;
  for (let i = 1, position = runs[0] ?? 0; i < runs.length; i += 2) {
    const end = position + runs[i]!;
    for (let start = position; start < end; used += 1) {
      const x = Math.floor(start / height);
      const bottom = Math.min(end, (x + 1) * height);
      xs[used] = x;
      tops[used] = start - x * height;
      ends[used] = bottom - x * height;
      start = bottom;
    }
    position = end + (runs[i + 1] ?? 0);
  }
  return { length, xs, tops, ends };
}

function countSegments(runs: ArrayLike<number>, height: number): number {
  let count = 0;
  for (let i = 1, position = runs[0] ?? 0; i < runs.length; i += 2) {
    const end = position + runs[i]!;
    count += Math.floor((end - 1) / height) - Math.floor(position / height) + 1;
    position = end + (runs[i + 1] ?? 0);
  }
  return count;
}
