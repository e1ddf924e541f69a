import type { Overlap } from '../coco/compare.ts';

/** Pixels by category id; `a` counts those of the labels, `b` those of the predictions. */
export type ClassCounts = ReadonlyMap<number, Overlap>;

/** Sums the counts of several frames or groups, class by class. */
export function sumCounts(parts: readonly ClassCounts[]): ClassCounts {
  const total = new Map<number, Overlap>();
  for (const part of parts) {
    for (const [id, { both, a, b }] of part) {
      const sum = total.get(id) ?? { both: 0, a: 0, b: 0 };
      total.set(id, { both: sum.both + both, a: sum.a + a, b: sum.b + b });
    }
  }
  return total;
}
