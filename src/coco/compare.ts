import { MaskloopError } from '../contracts/error.ts';
import type { Mask } from './mask.ts';

/** Pixels of one class in two masks: in both at the same place, in the first, in the second. */
export interface Overlap {
  readonly both: number;
  readonly a: number;
  readonly b: number;
}

/**
 * Counts the pixels of each class in two masks of one size.
 *
 * @returns the classes with id above 0 that occur in either mask, in ascending order
 * @throws MaskloopError `FrameSizeMismatch` if the masks differ in size
 */
export function overlapByClass(a: Mask, b: Mask): Map<number, Overlap> {
  if (a.width !== b.width || a.height !== b.height) {
    throw new MaskloopError(
      'FrameSizeMismatch',
      `Masks of ${a.width} × ${a.height} and ${b.width} × ${b.height} pixels cannot be compared.`,
      { facts: { first: [a.width, a.height], second: [b.width, b.height] } },
    );
  }
  const ids = 2 ** (8 * Math.max(a.values.BYTES_PER_ELEMENT, b.values.BYTES_PER_ELEMENT));
  const [inBoth, inA, inB] = [new Uint32Array(ids), new Uint32Array(ids), new Uint32Array(ids)];
  for (let i = 0; i < a.values.length; i += 1) {
    const first = a.values[i]!;
    const second = b.values[i]!;
    inA[first]! += 1;
    inB[second]! += 1;
    if (first === second) inBoth[first]! += 1;
  }
  const overlaps = new Map<number, Overlap>();
  for (let id = 1; id < ids; id += 1) {
    if (inA[id]! + inB[id]! > 0) overlaps.set(id, { both: inBoth[id]!, a: inA[id]!, b: inB[id]! });
  }
  return overlaps;
}

/** Dice coefficient `2 · |A ∩ B| / (|A| + |B|)`, from 0 to 1; null for a class absent from both. */
export function dice({ both, a, b }: Overlap): number | null {
  return a + b === 0 ? null : (2 * both) / (a + b);
}

/** Intersection over union `|A ∩ B| / |A ∪ B|`, from 0 to 1; null for a class absent from both. */
export function iou({ both, a, b }: Overlap): number | null {
  return a + b === 0 ? null : both / (a + b - both);
}
