import type { IterationInput, StepName } from './iteration.ts';
import { isOnlyObserved } from './only-observed.ts';

type Asked = Pick<IterationInput, 'masks' | 'predict' | 'fromScratch' | 'compareWith' | 'training'>;

/** The steps that an iteration with this input never has anything to do in, in their order: they are passed over. */
export function unaskedSteps(input: Asked): readonly StepName[] {
  const { masks, predict, compareWith, training } = input;
  const converts = masks !== null || compareWith !== undefined || predict !== undefined;
  const uploads = !isOnlyObserved(input) || training !== null;
  return [
    ...(predict === undefined ? (['predict'] as const) : []),
    ...(converts ? [] : (['convert'] as const)),
    ...(uploads ? [] : (['upload'] as const)),
    ...(training === null ? (['train', 'evaluate'] as const) : []),
  ];
}
