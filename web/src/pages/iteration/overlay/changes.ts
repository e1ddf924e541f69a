import type { DrawnClass } from './drawn-class.ts';
import { countPixels, intersect, NO_PIXELS, overlapOf, subtract, union, type Stretches } from './stretches.ts';

/** What people did to the pixels of one class. */
export interface ClassChange {
  readonly name: string;
  /** Pixels in the pre-annotation, in the final label, and in both. */
  readonly before: number;
  readonly after: number;
  readonly both: number;
}

/** What people changed on a frame; no pixel is in two of the sets. */
export interface FrameChanges {
  /** Of a class now, of none before. */
  readonly added: Stretches;
  /** Of a class before, of none now. */
  readonly removed: Stretches;
  /** Of another class than before. */
  readonly relabelled: Stretches;
  /** Pixels with a class before or now. */
  readonly union: number;
  readonly classes: readonly ClassChange[];
}

/** The difference between pre-annotation and final label. A pixel that one class has lost and another gained is relabelled. */
export function changesOf(classes: readonly DrawnClass[]): FrameChanges {
  const lost = unionOfAll(classes.map(({ layers }) => subtract(layers.preannotation, layers.label)));
  const gained = unionOfAll(classes.map(({ layers }) => subtract(layers.label, layers.preannotation)));
  const added = subtract(gained, lost);
  const counts = classes.map(({ name, layers }) => ({
    name,
    before: countPixels(layers.preannotation),
    after: countPixels(layers.label),
    both: overlapOf(layers.preannotation, layers.label),
  }));
  return {
    added,
    removed: subtract(lost, gained),
    relabelled: intersect(gained, lost),
    union: counts.reduce((sum, { before }) => sum + before, countPixels(added)),
    classes: counts,
  };
}

/** Pairs first, so that no set is gone through more often than need be. */
function unionOfAll(sets: readonly Stretches[]): Stretches {
  if (sets.length < 2) return sets[0] ?? NO_PIXELS;
  const middle = sets.length >> 1;
  return union(unionOfAll(sets.slice(0, middle)), unionOfAll(sets.slice(middle)));
}
