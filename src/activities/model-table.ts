import type { Category } from '../contracts/categories.ts';
import { MaskloopError } from '../contracts/error.ts';
import { labelIndexByName } from '../monai/label-index.ts';
import type { MonaiLabel } from '../monai/monai.ts';

/**
 * Category id → label index of a model that can be trained, matched by name.
 *
 * @throws MaskloopError `ModelNotFound`, `ClassMissingInModel`, `MonaiUnreachable`
 */
export async function modelTable(
  monai: MonaiLabel,
  categories: readonly Category[],
  model: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, number>> {
  const info = await monai.info(signal);
  const modelInfo = info.models[model];
  if (modelInfo !== undefined && info.trainers.includes(model)) return labelIndexByName(categories, modelInfo, model);
  throw new MaskloopError(
    'ModelNotFound',
    `MONAI Label "${info.name}" has no trainer named "${model}"; it has ${info.trainers.join(', ') || 'none'}.`,
    { facts: { model, trainers: [...info.trainers] } },
  );
}
