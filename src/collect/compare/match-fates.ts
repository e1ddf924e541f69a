import { iou } from '../../coco/compare.ts';
import { runOverlap } from '../../coco/run-overlap.ts';
import type { DrawnShape } from './drawn-frame.ts';

/** What became of one shape. */
export interface Fate {
  readonly what: 'untouched' | 'edited' | 'added' | 'removed';
  /** The class that it had before; of an added one, the class that it has. */
  readonly category: number;
  /** True if it is of another class now. */
  readonly relabelled: boolean;
}

/** Sources of final shapes that nobody has touched. CVAT's editor makes `auto` into `semi-auto` when a person changes a shape. */
export const UNTOUCHED_SOURCES = {
  /** We import as `auto`; a `file` was imported by somebody else, in place of ours. */
  ours: ['auto'],
  /** Whoever imports without a word on the source leaves `file`, which the editor makes into `manual`. */
  anybodys: ['auto', 'file'],
} as const;

const DESCENDED: readonly string[] = ['auto', 'semi-auto'];

/** A shape that was drawn anew, or is of another class, is the old one corrected from this IoU on. */
const LEAST_IOU = 0.5;

/**
 * Pairs the shapes of one frame before and after people worked on it; a shape is in one pair at most.
 *
 * 1. Untouched: one of the sources for that, the class and the pixels of a shape before.
 * 2. Edited: of the same class. Of all pairs that share a pixel those whose source is `auto` or `semi-auto` go first,
 *    then those with the highest IoU; any other source says that the shape was drawn anew, and takes an IoU of 0.5.
 * 3. Edited and relabelled: of another class, with an IoU of at least 0.5, the highest first.
 *
 * What is left was removed, or added. Equal candidates are taken in the order of the lists.
 *
 * @param untouchedSources one of {@link UNTOUCHED_SOURCES}
 */
export function matchFates(
  before: readonly DrawnShape[],
  after: readonly DrawnShape[],
  untouchedSources: readonly string[],
): Fate[] {
  const left = { before: new Set(before.keys()), after: new Set(after.keys()) };
  const fates: Fate[] = [];
  const take = (what: Fate['what'], [a, b]: readonly [number, number]): void => {
    left.before.delete(a);
    left.after.delete(b);
    const { category } = before[a]!;
    fates.push({ what, category, relabelled: category !== after[b]!.category });
  };
  for (const pair of equalPairs(before, after, untouchedSources)) take('untouched', pair);
  for (const { a, b } of candidates(before, after, left)) {
    if (left.before.has(a) && left.after.has(b)) take('edited', [a, b]);
  }
  for (const a of left.before) fates.push({ what: 'removed', category: before[a]!.category, relabelled: false });
  for (const b of left.after) fates.push({ what: 'added', category: after[b]!.category, relabelled: false });
  return fates;
}

/** The same for shapes of one class and the same pixels. */
function keyOf({ category, runs }: DrawnShape): string {
  return `${category} ${runs.join(',')}`;
}

function equalPairs(
  before: readonly DrawnShape[],
  after: readonly DrawnShape[],
  untouchedSources: readonly string[],
): (readonly [number, number])[] {
  const waiting = new Map<string, number[]>();
  for (const [b, shape] of after.entries()) {
    if (!untouchedSources.includes(shape.source)) continue;
    const key = keyOf(shape);
    waiting.set(key, [...(waiting.get(key) ?? []), b]);
  }
  return [...before.entries()].flatMap(([a, shape]) => {
    const b = waiting.get(keyOf(shape))?.shift();
    return b === undefined ? [] : [[a, b] as const];
  });
}

interface Candidate {
  readonly a: number;
  readonly b: number;
  readonly isSameClass: boolean;
  readonly isDescended: boolean;
  readonly iou: number;
}

/** The pairs that may be an edit, in the order in which they are taken. */
function candidates(
  before: readonly DrawnShape[],
  after: readonly DrawnShape[],
  left: { readonly before: ReadonlySet<number>; readonly after: ReadonlySet<number> },
): Candidate[] {
  const found: Candidate[] = [];
  for (const a of left.before) {
    const first = before[a]!;
    for (const b of left.after) {
      const second = after[b]!;
      if (!mayShare(first, second)) continue;
      const share = iou(runOverlap(first.runs, second.runs)) ?? 0;
      const isSameClass = first.category === second.category;
      const isDescended = isSameClass && DESCENDED.includes(second.source);
      if (share >= LEAST_IOU || (isDescended && share > 0)) found.push({ a, b, isSameClass, isDescended, iou: share });
    }
  }
  return found.toSorted(
    (x, y) =>
      Number(y.isSameClass) - Number(x.isSameClass) ||
      Number(y.isDescended) - Number(x.isDescended) ||
      y.iou - x.iou ||
      x.a - y.a ||
      x.b - y.b,
  );
}

/** False if one shape ends above the other, so that pixels need not be looked at. */
function mayShare(first: DrawnShape, second: DrawnShape): boolean {
  return firstOf(first) < endOf(second) && firstOf(second) < endOf(first);
}

function firstOf({ runs }: DrawnShape): number {
  return runs[0] ?? 0;
}

function endOf({ runs }: DrawnShape): number {
  const foregroundEnd = runs.length % 2 === 0 ? runs.length : runs.length - 1;
  let end = 0;
  for (let i = 0; i < foregroundEnd; i += 1) end += runs[i]!;
  return end;
}
