import { dice, iou } from '../coco/compare.ts';
import type { Agreement } from '../contracts/gate.ts';
import type { ClassCounts } from './class-counts.ts';

/** A model on the held-out frames: each class, and the means over the classes that occur. */
export interface Score extends Agreement {
  readonly classes: readonly (Agreement & { readonly id: number; readonly name: string })[];
}

/**
 * Dice (Dice 1945) and intersection over union (Jaccard 1912) of each class over the pixels of all frames together, so that
 * a frame counts by its pixels, and their plain means over the classes. A class that neither labels nor predictions have is
 * missing: null, and in no mean. One that only the predictions have is wrong there: 0.
 *
 * @param counts of all frames together
 */
export function scoreOf(counts: ClassCounts, categories: readonly { id: number; name: string }[]): Score {
  const classes = categories.map(({ id, name }) => {
    const overlap = counts.get(id) ?? { both: 0, a: 0, b: 0 };
    return { id, name, dice: dice(overlap), iou: iou(overlap) };
  });
  return { classes, dice: meanOf(classes.map((one) => one.dice)), iou: meanOf(classes.map((one) => one.iou)) };
}

/** Mean of what is known; null if nothing is. */
function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
