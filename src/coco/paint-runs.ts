import type { Mask } from './mask.ts';

/**
 * Gives the pixels of a shape a value, over what is there.
 *
 * @param runs column-major run lengths, background first, summing to the pixels of the mask
 * @param value from 1 to what the mask's values hold
 * @returns pixels that were not 0 before
 */
export function paintRuns({ width, height, values }: Mask, runs: ArrayLike<number>, value: number): number {
  let painted = 0;
  let position = 0;
  for (let index = 0; index < runs.length; index += 1) {
    const end = position + runs[index]!;
    if (index % 2 === 0) position = end;
    // A run is cut where it goes on in the next column.
    while (position < end) {
      const column = Math.floor(position / height);
      const stop = Math.min(end, (column + 1) * height);
      let at = (position - column * height) * width + column;
      for (; position < stop; position += 1, at += width) {
        if (values[at] !== 0) painted += 1;
        values[at] = value;
      }
    }
  }
  return painted;
}
