import { decodeCounts } from '../../../../../src/coco/rle.ts';

/**
 * A set of pixels as half-open stretches `[start, end, start, end, …]` of column-major indices (`x · height + y`): ascending, none
 * empty, no two touching.
 */
export type Stretches = ArrayLike<number>;

/** No pixels. */
export const NO_PIXELS: Stretches = [];

/**
 * Unpacks COCO's run lengths.
 *
 * @param pixels of the whole frame; what runs say beyond it is left out
 * @throws MaskloopError `InvalidRle`
 */
export function stretchesOf(counts: string, pixels: number): Stretches {
  const runs = decodeCounts(counts);
  const found = new Int32Array(runs.length + 1);
  let used = 0;
  let at = 0;
  for (let place = 0; place < runs.length; place += 1) {
    const end = Math.min(at + runs[place]!, pixels);
    if (place % 2 === 1 && end > at) used = append(found, used, at, end);
    at = end;
  }
  return found.subarray(0, used);
}

/** How many pixels there are. */
export function countPixels(set: Stretches): number {
  let pixels = 0;
  for (let i = 0; i < set.length; i += 2) pixels += set[i + 1]! - set[i]!;
  return pixels;
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
  const found = new Int32Array(a.length + b.length);
  let used = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const start = Math.max(a[i]!, b[j]!);
    const end = Math.min(a[i + 1]!, b[j + 1]!);
    if (start < end) used = append(found, used, start, end);
    if (a[i + 1]! < b[j + 1]!) i += 2;
    else j += 2;
  }
  return found.subarray(0, used);
}

/** Pixels of the first that are not of the second. */
export function subtract(a: Stretches, b: Stretches): Stretches {
  const found = new Int32Array(a.length + b.length);
  let used = 0;
  let j = 0;
  for (let i = 0; i < a.length; i += 2) {
    let start = a[i]!;
    const end = a[i + 1]!;
    while (j < b.length && b[j + 1]! <= start) j += 2;
    for (let k = j; k < b.length && b[k]! < end; k += 2) {
      if (b[k]! > start) used = append(found, used, start, b[k]!);
      start = Math.max(start, b[k + 1]!);
    }
    if (start < end) used = append(found, used, start, end);
  }
  return found.subarray(0, used);
}

/** Pixels of any. */
export function union(a: Stretches, b: Stretches): Stretches {
  const found = new Int32Array(a.length + b.length);
  let used = 0;
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const isFirst = j >= b.length || (i < a.length && a[i]! <= b[j]!);
    if (isFirst) {
      used = append(found, used, a[i]!, a[i + 1]!);
      i += 2;
    } else {
      used = append(found, used, b[j]!, b[j + 1]!);
      j += 2;
    }
  }
  return found.subarray(0, used);
}

/** Puts a stretch behind the `used` numbers that are there, or joins it to the last where they touch or overlap. Says how many are used now. */
function append(found: Int32Array, used: number, start: number, end: number): number {
  if (used > 0 && found[used - 1]! >= start) {
    found[used - 1] = Math.max(found[used - 1]!, end);
    return used;
  }
  found[used] = start;
  found[used + 1] = end;
  return used + 2;
}
