import type { Mask } from '../../coco/mask.ts';
import { displaceMask } from './displace-mask.ts';
import { createRandom } from './random.ts';
import { smoothMask } from './smooth-mask.ts';

/** A frame as an annotator sees it. */
export interface AnnotatedFrame {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

export type Correction = (frame: AnnotatedFrame, mask: Mask) => Mask;

/** From this share of right pixels among all labelled ones a mask is left as it is. */
const GOOD_ENOUGH = 0.95;

/**
 * The rule of an annotator who knows the truth but has a human hand. Good masks come back untouched, the very same
 * object; others are redrawn along the truth, up to a pixel off. Without a known truth of the mask's size the mask is
 * mildly smoothed. The same seed and frame give the same answer.
 *
 * @param truthOf the true mask of a frame by its name, or null
 */
export function correctTowards(truthOf: (frameName: string) => Mask | null, seed: number): Correction {
  return (frame, mask) => {
    const random = createRandom(seed, frame.name, 'correct');
    const truth = truthOf(frame.name);
    if (truth === null || truth.width !== mask.width || truth.height !== mask.height) {
      return smoothMask(mask, random.integer(1, 2));
    }
    if (agreement(mask, truth) >= GOOD_ENOUGH) return mask;
    return displaceMask(random, truth, { pixels: 1, cell: 20 });
  };
}

/** Share of pixels on which two masks agree, among those labelled in at least one; 1 if none is. */
export function agreement(a: Mask, b: Mask): number {
  let labelled = 0;
  let equal = 0;
  for (const [at, value] of a.values.entries()) {
    const other = b.values[at];
    if (value === 0 && other === 0) continue;
    labelled += 1;
    if (value === other) equal += 1;
  }
  return labelled === 0 ? 1 : equal / labelled;
}
