import type { IterationInput } from './iteration.ts';
import { isOnlyObserved, reviewOfInput } from './only-observed.ts';

/**
 * User names in CVAT of everybody whom jobs may be given to while people work: reviewers, and those who get open jobs after a
 * deadline. Nobody where the task is only observed.
 */
export function namedPeople(
  input: Pick<IterationInput, 'masks' | 'predict' | 'review' | 'completion'>,
): readonly string[] {
  if (isOnlyObserved(input)) return [];
  return [...new Set([...(reviewOfInput(input)?.reviewers ?? []), ...(input.completion.deadline?.more?.people ?? [])])];
}
