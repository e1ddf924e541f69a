import { iou, overlapByClass } from '../coco/compare.ts';
import type { Mask } from '../coco/mask.ts';

/**
 * How much two predictions for one image disagree: 1 minus the mean intersection over union of the classes that either has.
 *
 * @param a, b values are label indices, 0 is background
 * @returns from 0, also where neither sees anything, to 1
 * @throws MaskloopError `FrameSizeMismatch` if the masks differ in size
 */
export function disagreement(a: Mask, b: Mask): number {
  const classes = [...overlapByClass(a, b).values()].map((overlap) => iou(overlap) ?? 1);
  return classes.length === 0 ? 0 : 1 - classes.reduce((sum, value) => sum + value, 0) / classes.length;
}

/** True if a prediction has any class. */
export function hasForeground({ values }: Mask): boolean {
  return values.some((value) => value !== 0);
}
