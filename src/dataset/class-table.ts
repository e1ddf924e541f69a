import type { Category } from '../contracts/categories.ts';

/** All classes of a dataset, and what the values of one receipt become in it. */
export interface ClassTable {
  readonly categories: readonly Category[];
  /** By the place of the receipt: value then → value now, of those that differ. */
  readonly changes: readonly ReadonlyMap<number, number>[];
}

/**
 * Joins the classes of several receipts by name. The newest receipt's values count; a class that only older ones have keeps its
 * value where that is free, else it gets the next free one.
 *
 * @param tables of the receipts, the oldest first
 */
export function joinClasses(tables: readonly (readonly Category[])[]): ClassTable {
  const byName = new Map<string, Category>();
  const taken = new Set<number>();
  for (const table of tables.toReversed()) {
    for (const category of table) {
      if (byName.has(category.name)) continue;
      const id = taken.has(category.id) ? nextFree(taken) : category.id;
      taken.add(id);
      byName.set(category.name, { ...category, id });
    }
  }
  const changes = tables.map((table) => {
    const pairs = table.map(({ id, name }) => [id, byName.get(name)?.id ?? id] as const);
    return new Map(pairs.filter(([then, now]) => then !== now));
  });
  return { categories: [...byName.values()].toSorted((a, b) => a.id - b.id), changes };
}

function nextFree(taken: ReadonlySet<number>): number {
  let id = 1;
  while (taken.has(id)) id += 1;
  return id;
}
