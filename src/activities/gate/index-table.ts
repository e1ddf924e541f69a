import type { ModelSite } from './published-model.ts';

/** How the label indices of a model translate. */
export interface IndexTable {
  /** Label index of the model → category id. */
  readonly categoryOf: ReadonlyMap<number, number>;
  /** All label indices of the model, also of classes that no category has. */
  readonly indices: ReadonlySet<number>;
}

/** The table with all indices that the model says it has. */
export async function indexTable(
  { trainer, model, signal }: ModelSite,
  categoryOf: IndexTable['categoryOf'],
): Promise<IndexTable> {
  const { models } = await trainer.info(signal);
  return { categoryOf, indices: new Set(Object.values(models[model]?.labels ?? {})) };
}
