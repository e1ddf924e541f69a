import { DRAWS, percentileInterval } from '../gate/bootstrap.ts';
import { sumCounts, type ClassCounts } from '../gate/class-counts.ts';
import { seededRandom } from '../gate/random.ts';
import { scoreOf } from '../gate/score.ts';
import { slopeOf } from './slope.ts';

/** The slope of a learning curve, and how sure it is. */
export interface SlopeInterval {
  /** Mean Dice an iteration. */
  readonly slope: number;
  /** Ends of the 95 % interval; null with fewer than two groups. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  readonly groups: number;
}

/**
 * Slope of the mean Dice over several iterations, with a percentile bootstrap (Efron 1979) that draws whole groups of
 * held-out frames with replacement; the same draw is scored in all iterations, since they share the frames. Only groups that
 * all iterations have count: a curve over other frames would say nothing.
 *
 * @param iterations counts by group of the model that was published after each, at least two, in their order
 * @returns null where they share no group, or where labels and predictions of these are empty
 */
export function slopeInterval(
  iterations: readonly ReadonlyMap<string, ClassCounts>[],
  categories: readonly { readonly id: number; readonly name: string }[],
  seed: string,
  draws = DRAWS,
): SlopeInterval | null {
  const [first, ...others] = iterations;
  if (first === undefined || others.length === 0) return null;
  const names = [...first.keys()].filter((name) => others.every((groups) => groups.has(name))).toSorted();
  const slopeOver = (drawn: readonly string[]): number | null => {
    const values = iterations.map((groups) => {
      const counts = sumCounts(drawn.map((name) => groups.get(name) ?? new Map()));
      return scoreOf(counts, categories).dice;
    });
    return values.some((value) => value === null) ? null : slopeOf(values.flatMap((value) => value ?? []));
  };
  const slope = slopeOver(names);
  if (slope === null) return null;
  if (names.length < 2) return { slope, interval: null, groups: names.length };
  const random = seededRandom(seed);
  const slopes: number[] = [];
  for (let draw = 0; draw < draws; draw += 1) {
    const drawn = slopeOver(names.map(() => names[Math.floor(random() * names.length)] ?? ''));
    if (drawn !== null) slopes.push(drawn);
  }
  return { slope, interval: slopes.length === 0 ? null : percentileInterval(slopes), groups: names.length };
}
