import type { IterationResults } from '../../contracts/iteration.ts';
import { countOf } from '../../contracts/count-of.ts';

/** What predicted the masks; empty where they were not predicted. */
export function predictionRows({ predictions }: Pick<IterationResults, 'predictions'>): readonly (readonly string[])[] {
  if (predictions === undefined) return [];
  const { model, checksum, frames } = predictions;
  return [['predicted', `${countOf(frames, 'frame')} with model ${model} (${checksum})`]];
}
