import type { IterationInput, StepName } from './iteration.ts';

/** The step that an iteration begins with. */
export function firstStepOf({ predict }: Pick<IterationInput, 'predict'>): StepName {
  return predict === undefined ? 'convert' : 'predict';
}
