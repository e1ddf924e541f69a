import { eachStretch } from '../run-stretches.ts';

/**
 * The union of shapes on one image from their runs alone; the time grows with the runs times the logarithm of the
 * number of shapes.
 *
 * @param shapes column-major run lengths, background first, each summing to `pixels`
 * @returns the same of their union; `[pixels]` without any shape
 */
export function unionRuns(shapes: readonly ArrayLike<number>[], pixels: number): ArrayLike<number> {
  if (shapes.length <= 1) return shapes[0] ?? [pixels];
  const half = shapes.length >> 1;
  return unionOfTwo(unionRuns(shapes.slice(0, half), pixels), unionRuns(shapes.slice(half), pixels));
}

function unionOfTwo(a: ArrayLike<number>, b: ArrayLike<number>): number[] {
  const union: number[] = [];
  // From `start` up to `position` the union has one value: that of run `union.length`.
  let [start, position] = [0, 0];
  eachStretch(a, b, (end, inA, inB) => {
    if (end > position && (inA | inB) !== (union.length & 1)) {
      union.push(position - start);
      start = position;
    }
    position = end;
  });
  union.push(position - start);
  return union;
}
