import { decodeCounts } from '../../../../../src/coco/rle.ts';

/**
 * A set of pixels as half-open stretches `[start, end, start, end, …]` of column-major indices (`x · height + y`): ascending, none
 * empty, no two touching.
 */
export type Stretches = readonly number[];

/**
 * Unpacks COCO's run lengths.
 *
 * @param pixels of the whole frame; what runs say beyond it is left out
 * @throws MaskloopError `InvalidRle`
 */
export function stretchesOf(counts: string, pixels: number): Stretches {
  const found: number[] = [];
  let at = 0;
  for (const [place, run] of decodeCounts(counts).entries()) {
    const end = Math.min(at + run, pixels);
    if (place % 2 === 1 && end > at) append(found, at, end);
    at = end;
  }
  return found;
}

/** How many pixels there are. */
export function countPixels(set: Stretches): number {
  let pixels = 0;
  for (let i = 0; i < set.length; i += 2) pixels += set[i + 1]! - set[i]!;
  return pixels;
}

/** True if a pixel is one of them. */
export function contains(set: Stretches, index: number): boolean {
  let low = 0;
  let high = set.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (set[2 * middle + 1]! <= index) low = middle + 1;
    else high = middle;
  }
  return 2 * low < set.length && set[2 * low]! <= index;
}

/** Pixels of both. */
export function intersect(a: Stretches, b: Stretches): Stretches {
  const found: number[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const start = Math.max(a[i]!, b[j]!);
    const end = Math.min(a[i + 1]!, b[j + 1]!);
    if (start < end) append(found, start, end);
    if (a[i + 1]! < b[j + 1]!) i += 2;
    else j += 2;
  }
  return found;
}

/** How many pixels both have. */
export function overlapOf(a: Stretches, b: Stretches): number {
  let pixels = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    pixels += Math.max(0, Math.min(a[i + 1]!, b[j + 1]!) - Math.max(a[i]!, b[j]!));
    if (a[i + 1]! < b[j + 1]!) i += 2;
    else j += 2;
  }
  return pixels;
}

/** Pixels of the first that are not of the second. */
export function subtract(a: Stretches, b: Stretches): Stretches {
  const found: number[] = [];
  let j = 0;
  for (let i = 0; i < a.length; i += 2) {
    let start = a[i]!;
    const end = a[i + 1]!;
    while (j < b.length && b[j + 1]! <= start) j += 2;
    for (let k = j; k < b.length && b[k]! < end; k += 2) {
      if (b[k]! > start) append(found, start, b[k]!);
      start = Math.max(start, b[k + 1]!);
    }
    if (start < end) append(found, start, end);
  }
  return found;
}

/** Pixels of any. */
export function union(a: Stretches, b: Stretches): Stretches {
  const found: number[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const isFirst = j >= b.length || (i < a.length && a[i]! <= b[j]!);
    if (isFirst) {
      append(found, a[i]!, a[i + 1]!);
      i += 2;
    } else {
      append(found, b[j]!, b[j + 1]!);
      j += 2;
    }
  }
  return found;
}

/** Puts a stretch behind those that are there, and joins it to the last where they touch or overlap. */
function append(found: number[], start: number, end: number): void {
  const last = found.length - 1;
  if (last > 0 && found[last]! >= start) found[last] = Math.max(found[last]!, end);
  else found.push(start, end);
}
