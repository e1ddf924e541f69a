import { median } from '../bench/median.ts';
import { binomialInterval } from './binomial.ts';
import type { HardFrames } from './count-hard-frames.ts';

/** How many times as many hard frames `uncertainty` has to find as are expected by chance. */
const TIMES = 3;

/** 0.1 of 20 is a little more than 2 in binary. */
const ROUNDING = 1e-9;

/** What the counts of several pools say, in words. */
export interface Verdict {
  readonly lines: readonly string[];
  readonly passed: boolean;
}

/**
 * Holds the counts against what is wanted: in the median at least three times as many by `uncertainty`, from each source, as by `random`, or as
 * are expected where that is more; and all that `random` has found together within the 99 % interval of its binomial.
 *
 * @param batch frames that were chosen from each pool
 */
export function judgeHardFrames(counted: readonly HardFrames[], batch: number): Verdict {
  const share = counted.reduce((sum, { pool }) => sum + pool.hard / pool.frames, 0) / counted.length;
  const total = counted.reduce((sum, { random }) => sum + random, 0);
  const interval = binomialInterval(batch * counted.length, share);
  const random = median(counted.map((one) => one.random));
  const byFlips = counted.flatMap((one) => one.flips ?? []);
  const base = Math.max(random, share * batch);
  const isFair = total >= interval.low && total <= interval.high;
  const sources = [
    { by: 'two models', counts: counted.map(({ uncertainty }) => uncertainty) },
    ...(byFlips.length === 0 ? [] : [{ by: 'flips', counts: byFlips }]),
  ].map(({ by, counts }) => ({ by, found: median(counts), isMet: median(counts) >= TIMES * base - ROUNDING }));
  const words = sources.map(
    ({ by, found, isMet }) =>
      `uncertainty by ${by}: median ${found}, ${(found / base).toFixed(1)} times as many as by chance (${TIMES} wanted): ${isMet ? 'met' : 'MISSED'}`,
  );
  const fair = `random: median ${random}, ${total} together; its binomial interval is ${interval.low} to ${interval.high}: ${isFair ? 'within' : 'OUTSIDE'}`;
  return { passed: isFair && sources.every(({ isMet }) => isMet), lines: [fair, ...words] };
}
