import { iou } from '../compare.ts';
import { runOverlap } from '../run-overlap.ts';

/** How many shapes of one frame and class are the same in two datasets, and how many are not. */
export interface ShapeChanges {
  /** The same pixels in both. */
  readonly equal: number;
  /** In both, with other pixels. */
  readonly changed: number;
  /** In the second only. */
  readonly added: number;
  /** In the first only. */
  readonly removed: number;
}

/** Where the pixels of a shape begin and end in column order; equal for a shape without any. */
interface Extent {
  readonly runs: ArrayLike<number>;
  readonly start: number;
  readonly end: number;
}

interface Pair {
  readonly a: number;
  readonly b: number;
  readonly iou: number;
}

/**
 * Pairs the shapes of one frame and class in two datasets. The rule: of all pairs that share a pixel, the one with the
 * highest IoU is taken first, then the highest among the shapes that are left, and so on; at the same IoU the pair that
 * comes first in the first document, then in the second. An IoU of 1 is an equal shape, anything less a changed one.
 * Shapes left in the first dataset were removed, in the second added. Two shapes without pixels are equal.
 *
 * @param a runs of the shapes of the first dataset, as `shapeRuns` gives them; all of one image size
 * @param b the same of the second
 */
export function matchShapes(a: readonly ArrayLike<number>[], b: readonly ArrayLike<number>[]): ShapeChanges {
  const [extentsA, extentsB] = [a.map(extentOf), b.map(extentOf)];
  const empty = Math.min(countEmpty(extentsA), countEmpty(extentsB));
  const pairs = overlappingPairs(extentsA, extentsB).toSorted((x, y) => y.iou - x.iou || x.a - y.a || x.b - y.b);
  const [takenA, takenB] = [new Set<number>(), new Set<number>()];
  let equal = empty;
  for (const pair of pairs) {
    if (takenA.has(pair.a) || takenB.has(pair.b)) continue;
    takenA.add(pair.a);
    takenB.add(pair.b);
    if (pair.iou === 1) equal += 1;
  }
  const matched = takenA.size + empty;
  return { equal, changed: matched - equal, added: b.length - matched, removed: a.length - matched };
}

function overlappingPairs(extentsA: readonly Extent[], extentsB: readonly Extent[]): Pair[] {
  const pairs: Pair[] = [];
  for (const [a, extentA] of extentsA.entries()) {
    for (const [b, extentB] of extentsB.entries()) {
      if (extentA.end <= extentB.start || extentB.end <= extentA.start) continue;
      const overlap = runOverlap(extentA.runs, extentB.runs);
      if (overlap.both > 0) pairs.push({ a, b, iou: iou(overlap) ?? 0 });
    }
  }
  return pairs;
}

function countEmpty(extents: readonly Extent[]): number {
  return extents.filter(({ start, end }) => start === end).length;
}

function extentOf(runs: ArrayLike<number>): Extent {
  let [position, start, end] = [0, -1, 0];
  for (let index = 0; index < runs.length; index += 1) {
    const run = runs[index]!;
    if (index % 2 === 1 && run > 0) {
      if (start === -1) start = position;
      end = position + run;
    }
    position += run;
  }
  return start === -1 ? { runs, start: 0, end: 0 } : { runs, start, end };
}
