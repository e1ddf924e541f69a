import { MaskloopError } from '../../contracts/error.ts';
import type { Dataset } from './dataset.ts';

export interface MatchedCategory {
  readonly name: string;
  /** Its id in each dataset; null where it is not declared. */
  readonly idA: number | null;
  readonly idB: number | null;
}

/**
 * The categories of two datasets by name, in the order of the first, then those that only the second has.
 *
 * @throws MaskloopError `InvalidDataset` if two categories of one dataset have the same name
 */
export function matchCategories(a: Dataset, b: Dataset): MatchedCategory[] {
  const [idsA, idsB] = [idsByName(a), idsByName(b)];
  const names = new Set([...idsA.keys(), ...idsB.keys()]);
  return [...names].map((name) => ({ name, idA: idsA.get(name) ?? null, idB: idsB.get(name) ?? null }));
}

function idsByName({ categories, where }: Dataset): Map<string, number> {
  const ids = new Map<string, number>();
  for (const { id, name } of categories) {
    const other = ids.get(name);
    if (other !== undefined) {
      throw new MaskloopError(
        'InvalidDataset',
        `${where} cannot be used: categories ${other} and ${id} have the same name ${JSON.stringify(name)}.`,
        { facts: { file: where, categories: [other, id], name } },
      );
    }
    ids.set(name, id);
  }
  return ids;
}
