import { MaskloopError } from '../contracts/error.ts';
import type { IterationInput } from '../contracts/iteration.ts';
import type { PredictOptions } from '../contracts/prediction.ts';

/** What the masks of an iteration are predicted with. @throws MaskloopError `InvalidConfiguration` where they are not */
export function predictionOf({ predict }: Pick<IterationInput, 'predict'>): PredictOptions {
  if (predict !== undefined) return predict;
  throw new MaskloopError('InvalidConfiguration', 'The iteration was started without predictions.');
}

/** The model whose labels an iteration has to do with: the one that it trains, else the one that predicts; null for none. */
export function modelOfInput({ training, predict }: Pick<IterationInput, 'predict' | 'training'>): string | null {
  return training?.model ?? predict?.model ?? null;
}
