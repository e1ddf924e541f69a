import type { ClassPixels } from '../../../../../src/contracts/comparison.ts';

/** Dice and IoU of two sets of pixels, from 0 to 1; null where both are empty. */
export function agreementOf({ both, before, after }: ClassPixels): {
  readonly dice: number | null;
  readonly iou: number | null;
} {
  const sum = before + after;
  return sum === 0 ? { dice: null, iou: null } : { dice: (2 * both) / sum, iou: both / (sum - both) };
}

/** The share of labelled pixels that people changed, in percent; 0 and 100 only where it is none and all. */
export function changedText({ changedPixels, unionPixels }: { changedPixels: number; unionPixels: number }): string {
  if (unionPixels === 0) return '–';
  const percent = (100 * changedPixels) / unionPixels;
  if (changedPixels > 0 && percent < 0.1) return 'under 0.1 %';
  return changedPixels < unionPixels && percent > 99.9 ? 'over 99.9 %' : `${percent.toFixed(1)} %`;
}
