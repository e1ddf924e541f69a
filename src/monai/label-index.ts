import type { Category } from '../contracts/categories.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { ModelInfo } from './monai.ts';
import { nearNames } from '../labels/near-names.ts';

/**
 * Category id → index of the label of exactly the same name in the model. Names are compared as they are: a silent
 * guess would train on the wrong class. Index 0 is background, so a label there is no class.
 *
 * @throws MaskloopError `ClassMissingInModel` naming every missing class and the labels that come near; also where two
 *   classes share one index
 */
export function labelIndexByName(
  categories: readonly Category[],
  model: ModelInfo,
  modelName: string,
): ReadonlyMap<number, number> {
  const classes = new Map(Object.entries(model.labels).filter(([, index]) => index > 0));
  const missing = categories.filter(({ name }) => !classes.has(name)).map(({ name }) => name);
  if (missing.length > 0) throw classMissing(missing, [...classes.keys()], modelName);
  const found = categories.map(({ id, name }) => ({ id, name, index: classes.get(name) ?? 0 }));
  for (const { name, index } of found) {
    const same = found.filter((other) => other.index === index).map((other) => other.name);
    if (same.length > 1) throw indexShared(same, index, modelName, name);
  }
  return new Map(found.map(({ id, index }) => [id, index]));
}

function classMissing(missing: readonly string[], known: readonly string[], model: string): MaskloopError {
  const near = Object.fromEntries(missing.map((name) => [name, nearNames(name, known)]));
  const named = missing.map((name) => {
    const candidates = near[name] ?? [];
    return candidates.length === 0 ? `'${name}'` : `'${name}' (but '${candidates.join("', '")}')`;
  });
  return new MaskloopError(
    'ClassMissingInModel',
    `The model ${model} has no label ${named.join(', ')}. Its labels are: ${known.join(', ') || 'none'}.`,
    { facts: { model, missing, near, labels: known } },
  );
}

function indexShared(names: readonly string[], index: number, model: string, name: string): MaskloopError {
  return new MaskloopError(
    'ClassMissingInModel',
    `The model ${model} gives '${names.join("' and '")}' the same index ${index}, so it cannot tell '${name}' apart.`,
    { facts: { model, missing: names, index } },
  );
}
