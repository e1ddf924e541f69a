import type { Category } from '../contracts/categories.ts';
import { MaskloopError } from '../contracts/error.ts';
import { labelIndexByName } from '../monai/label-index.ts';
import type { Trainer } from '../trainer/trainer.ts';

/**
 * Category id → label index of a model that can be trained, matched by name.
 *
 * @throws MaskloopError `ModelNotFound`, `ClassMissingInModel`, `MonaiUnreachable`
 */
export async function modelTable(
  trainer: Trainer,
  categories: readonly Category[],
  model: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, number>> {
  const info = await trainer.info(signal);
  const modelInfo = info.models[model];
  if (modelInfo !== undefined && info.trainable.includes(model)) return labelIndexByName(categories, modelInfo, model);
  throw new MaskloopError(
    'ModelNotFound',
    `The trainer "${info.name}" has no model "${model}" to train; it has ${info.trainable.join(', ') || 'none'}.`,
    { facts: { model, trainers: [...info.trainable] } },
  );
}
