import type { IterationInput } from './iteration.ts';
import type { ReviewOptions } from './waiting.ts';

/** True if nothing is written to CVAT: the task is taken as it is. */
export function isOnlyObserved({ masks }: Pick<IterationInput, 'masks'>): boolean {
  return masks === null;
}

/** The review that takes place; undefined for none. A task that is only observed has none, since it moves jobs. */
export function reviewOfInput(input: Pick<IterationInput, 'masks' | 'review'>): ReviewOptions | undefined {
  return isOnlyObserved(input) ? undefined : input.review;
}
