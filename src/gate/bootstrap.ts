import { REAL_LOSS, type Interval } from '../contracts/gate.ts';
import type { ClassCounts } from './class-counts.ts';
import { seededRandom } from './random.ts';

/** What both models predicted on the frames of one group. */
export interface GroupCounts {
  readonly before: ClassCounts;
  readonly after: ClassCounts;
}

export const DRAWS = 2000;

/** Ends of the interval, as shares of the sorted draws. */
const TAILS = [0.025, 0.975] as const;

/** Counts of a class: both, label and prediction before, the same after. */
const COLUMNS = 6;

/**
 * Percentile bootstrap (Efron 1979) of the difference of the mean Dice, after minus before. Whole groups are drawn with
 * replacement, as many as there are (the cluster bootstrap: frames of one video are alike, and drawing frames would make
 * the interval too narrow); both models are scored on each draw as in `score`. Draws in which a model has no class to be
 * scored by are left out.
 *
 * @returns null with fewer than two groups, or where no draw could be scored
 */
export function bootstrapDifference(groups: readonly GroupCounts[], seed: string, draws = DRAWS): Interval | null {
  if (groups.length < 2) return null;
  const random = seededRandom(seed);
  const rows = countRows(groups);
  const sum = new Float64Array(rows[0]?.length ?? 0);
  const differences: number[] = [];
  for (let draw = 0; draw < draws; draw += 1) {
    sum.fill(0);
    for (let i = 0; i < rows.length; i += 1) addRow(sum, rows[Math.floor(random() * rows.length)]!);
    const [before, after] = [meanDice(sum, 0), meanDice(sum, 3)];
    if (before !== null && after !== null) differences.push(after - before);
  }
  if (differences.length === 0) return null;
  const losses = differences.filter((difference) => difference < -REAL_LOSS).length;
  return {
    ...percentileInterval(differences),
    draws: differences.length,
    lossShare: losses / differences.length,
  };
}

/** The counts of each group in one row: six numbers for every class that occurs in any of them. */
function countRows(groups: readonly GroupCounts[]): readonly Float64Array[] {
  const ids = [...new Set(groups.flatMap(({ before, after }) => [...before.keys(), ...after.keys()]))];
  return groups.map(({ before, after }) => {
    const numbers = ids.flatMap((id) =>
      [before.get(id), after.get(id)].flatMap((n) => [n?.both ?? 0, n?.a ?? 0, n?.b ?? 0]),
    );
    return Float64Array.from(numbers);
  });
}

function addRow(sum: Float64Array, row: Float64Array): void {
  for (let i = 0; i < row.length; i += 1) sum[i]! += row[i]!;
}

/** Mean over the classes that occur of `2 · both / (label + prediction)`; `from` is 0 before and 3 after. */
function meanDice(sum: Float64Array, from: number): number | null {
  let [total, classes] = [0, 0];
  for (let i = from; i < sum.length; i += COLUMNS) {
    const pixels = sum[i + 1]! + sum[i + 2]!;
    if (pixels === 0) continue;
    total += (2 * sum[i]!) / pixels;
    classes += 1;
  }
  return classes === 0 ? null : total / classes;
}

/** The 95 % percentile interval (Efron 1979) of draws, in any order; at least one. */
export function percentileInterval(draws: readonly number[]): { readonly low: number; readonly high: number } {
  const sorted = Float64Array.from(draws).toSorted();
  return { low: quantile(sorted, TAILS[0]), high: quantile(sorted, TAILS[1]) };
}

/** Quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan 1996). @param share from 0 to 1 */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const at = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(at)] ?? Number.NaN, sorted[Math.ceil(at)] ?? Number.NaN];
  return low + (high - low) * (at - Math.floor(at));
}
