import type { IterationInput } from './iteration.ts';
import type { ReviewOptions } from './waiting.ts';

/** How an iteration begins, as far as it matters here; of an {@link IterationInput}. */
interface Beginning {
  readonly masks: unknown;
  readonly predict?: unknown;
  readonly fromScratch?: boolean | undefined;
}

/**
 * True if nothing is written to CVAT: there are neither masks, nor will any be predicted, nor is a task made for people to
 * begin without; the task is taken as it is.
 */
export function isOnlyObserved({ masks, predict, fromScratch }: Beginning): boolean {
  return masks === null && predict === undefined && fromScratch !== true;
}

/** The review that takes place; undefined for none. A task that is only observed has none, since it moves jobs. */
export function reviewOfInput(input: Beginning & Pick<IterationInput, 'review'>): ReviewOptions | undefined {
  return isOnlyObserved(input) ? undefined : input.review;
}
