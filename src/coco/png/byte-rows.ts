import type { AlignedRow } from './aligned-row.ts';
import type { ChangedPixels } from './changed-pixels.ts';

/*
 * The filters of PNG for one byte a pixel, undone pixel by pixel from `from` up to but not including `to`, for the ends of
 * a row that make no whole word. Formulas: PNG specification (third edition), 9.2; bytes count modulo 256.
 */

/** A row of filtered bytes inside the image data, and where its pixels go. */
export interface FilteredRow {
  readonly stored: Uint8Array;
  /** The memory of `stored`, as far as it makes whole words. */
  readonly storedWords: Int32Array;
  readonly row: AlignedRow;
  readonly changed: ChangedPixels;
  /** Where the filtered bytes begin in `stored`, behind the filter byte. */
  start: number;
  y: number;
}

/** Filter 0: the bytes are the pixels. */
export function plainBytes({ stored, start, row, y, changed }: FilteredRow, from: number, to: number): void {
  const { bytes, start: rowStart } = row;
  for (let x = from; x < to; x += 1) {
    const value = stored[start + x]!;
    if (value === bytes[rowStart + x]) continue;
    bytes[rowStart + x] = value;
    changed.add(x, y, value);
  }
}

/** Filter 1: adds the pixel to the left. Takes that before `from` and returns the last one, as the next two do. */
export function subBytes(
  { stored, start, row, y, changed }: FilteredRow,
  from: number,
  to: number,
  before: number,
): number {
  const { bytes, start: rowStart } = row;
  let left = before;
  for (let x = from; x < to; x += 1) {
    left = (left + stored[start + x]!) & 0xff;
    if (left === bytes[rowStart + x]) continue;
    bytes[rowStart + x] = left;
    changed.add(x, y, left);
  }
  return left;
}

/** Filter 2: adds the pixel above. */
export function upBytes({ stored, start, row, y, changed }: FilteredRow, from: number, to: number): void {
  const { bytes, start: rowStart } = row;
  for (let x = from; x < to; x += 1) {
    const difference = stored[start + x]!;
    if (difference === 0) continue;
    const value = (bytes[rowStart + x]! + difference) & 0xff;
    bytes[rowStart + x] = value;
    changed.add(x, y, value);
  }
}

/** Filter 3: adds the mean of left and above, rounded down. */
export function averageBytes(
  { stored, start, row, y, changed }: FilteredRow,
  from: number,
  to: number,
  before: number,
): number {
  const { bytes, start: rowStart } = row;
  let left = before;
  for (let x = from; x < to; x += 1) {
    const above = bytes[rowStart + x]!;
    left = (stored[start + x]! + ((left + above) >> 1)) & 0xff;
    if (left === above) continue;
    bytes[rowStart + x] = left;
    changed.add(x, y, left);
  }
  return left;
}

/** Filter 4: adds whichever of left, above and upper left {@link nearest} names. */
export function paethBytes(line: FilteredRow, from: number, to: number, before: number, cornerBefore: number): number {
  const { stored, start, row, y, changed } = line;
  const { bytes, start: rowStart } = row;
  let left = before;
  let corner = cornerBefore;
  for (let x = from; x < to; x += 1) {
    const above = bytes[rowStart + x]!;
    left = (stored[start + x]! + nearest(left, above, corner)) & 0xff;
    corner = above;
    if (left === above) continue;
    bytes[rowStart + x] = left;
    changed.add(x, y, left);
  }
  return left;
}

/** Whichever of left, above and upper left is nearest to left + above - upper left; ties in that order. */
export function nearest(left: number, above: number, corner: number): number {
  const toLeft = Math.abs(above - corner);
  const toAbove = Math.abs(left - corner);
  const toCorner = Math.abs(left + above - 2 * corner);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}
