/**
 * Takes the stretches of an image in which neither of two shapes begins or ends.
 *
 * @param end pixels from the first of the image to the end of the stretch, column by column; a stretch of none is possible
 * @param inA 1 inside the first shape, else 0; `inB` the same of the second
 */
export type StretchVisitor = (end: number, inA: number, inB: number) => void;

/**
 * Walks two shapes on one image stretch by stretch; the time grows with the runs, not with the pixels.
 *
 * @param a column-major run lengths, background first
 * @param b the same of an image of the same size
 */
export function eachStretch(a: ArrayLike<number>, b: ArrayLike<number>, visit: StretchVisitor): void {
  let [indexA, indexB] = [0, 0];
  let [endA, endB] = [a[0] ?? 0, b[0] ?? 0];
  while (indexA < a.length && indexB < b.length) {
    const end = Math.min(endA, endB);
    // Runs with an odd index are foreground.
    visit(end, indexA & 1, indexB & 1);
    if (endA === end) {
      indexA += 1;
      endA += a[indexA] ?? 0;
    }
    if (endB === end) {
      indexB += 1;
      endB += b[indexB] ?? 0;
    }
  }
}
