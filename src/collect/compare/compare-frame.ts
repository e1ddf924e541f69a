import { overlapByClass } from '../../coco/compare.ts';
import type { FrameCorrections, ShapeFates } from '../../contracts/comparison.ts';
import type { DrawnFrame } from './drawn-frame.ts';
import { matchFates, type Fate } from './match-fates.ts';

export type FateCounts = { -readonly [K in keyof ShapeFates]: number };

/** Counts to begin with. */
export function noFates(): FateCounts {
  return { untouched: 0, edited: 0, relabelled: 0, added: 0, removed: 0 };
}

/**
 * Compares a frame before and after people worked on it: shapes as {@link matchFates} says, pixels as they are seen with
 * later shapes on top.
 *
 * @param before a drawing of the pre-annotations
 * @param after a drawing of the final shapes; of the same size
 * @param untouchedSources as for {@link matchFates}
 * @throws MaskloopError `FrameSizeMismatch`
 */
export function compareFrame(
  before: DrawnFrame,
  after: DrawnFrame,
  untouchedSources: readonly string[],
): Pick<FrameCorrections, 'changedPixels' | 'unionPixels' | 'classes'> {
  const overlaps = overlapByClass(before.mask, after.mask);
  const fates = matchFates(before.shapes, after.shapes, untouchedSources);
  const ids = new Set([...overlaps.keys(), ...fates.map(({ category }) => category)]);
  const classes = [...ids]
    .toSorted((x, y) => x - y)
    .map((category) => {
      const { both, a, b } = overlaps.get(category) ?? { both: 0, a: 0, b: 0 };
      return { category, pixels: { both, before: a, after: b }, shapes: fatesOf(fates, category) };
    });
  return { ...changesOf(before.mask.values, after.mask.values), classes };
}

function fatesOf(fates: readonly Fate[], category: number): ShapeFates {
  const counts = noFates();
  for (const fate of fates) {
    if (fate.category !== category) continue;
    counts[fate.what] += 1;
    if (fate.relabelled) counts.relabelled += 1;
  }
  return counts;
}

function changesOf(
  before: ArrayLike<number>,
  after: ArrayLike<number>,
): { changedPixels: number; unionPixels: number } {
  let [changedPixels, unionPixels] = [0, 0];
  for (let i = 0; i < before.length; i += 1) {
    const [first, second] = [before[i]!, after[i]!];
    if (first !== second) changedPixels += 1;
    if (first !== 0 || second !== 0) unionPixels += 1;
  }
  return { changedPixels, unionPixels };
}
