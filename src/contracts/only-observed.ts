import type { IterationInput } from './iteration.ts';
import type { ReviewOptions } from './waiting.ts';

/** True if nothing is written to CVAT: there are neither masks nor will any be predicted, and the task is taken as it is. */
export function isOnlyObserved({ masks, predict }: Pick<IterationInput, 'masks' | 'predict'>): boolean {
  return masks === null && predict === undefined;
}

/** The review that takes place; undefined for none. A task that is only observed has none, since it moves jobs. */
export function reviewOfInput(input: Pick<IterationInput, 'masks' | 'predict' | 'review'>): ReviewOptions | undefined {
  return isOnlyObserved(input) ? undefined : input.review;
}
