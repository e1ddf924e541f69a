import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { binomialInterval } from '../../scripts/bench-select/binomial.ts';
import { countHardFrames, type HardFrames } from '../../scripts/bench-select/count-hard-frames.ts';
import { judgeHardFrames } from '../../scripts/bench-select/judge-hard-frames.ts';

const SIZE = { frames: 60, width: 64, height: 48, trainedOn: [8, 14], batch: 8, flips: false } as const;

const counts = (random: number, uncertainty: number, seed = 1): HardFrames => {
  return { seed, pool: { frames: 100, hard: 10 }, random, uncertainty, flips: null };
};

describe('hard frames that a generator has marked', () => {
  it('are found by uncertainty and by chance by random, in three small pools', async () => {
    const counted: HardFrames[] = [];
    for (const seed of [1, 2, 3]) {
      counted.push(await countHardFrames(await mkdtemp(join(tmpdir(), 'maskloop-hard-')), seed, SIZE));
    }
    const { lines, passed } = judgeHardFrames(counted, SIZE.batch);
    expect([passed, ...lines]).toEqual([true, expect.stringContaining('within'), expect.stringContaining('met')]);
  }, 240_000);

  it('are judged by the median and by the interval', () => {
    const passes = (all: readonly HardFrames[]) => judgeHardFrames(all, 20).passed;
    const of = (random: number, uncertainty: number) => [1, 2, 3].map((seed) => counts(random, uncertainty, seed));
    expect(passes(of(2, 6))).toBe(true);
    expect(passes(of(2, 5))).toBe(false);
    // Less by chance than expected makes nothing easier.
    expect(passes(of(1, 4))).toBe(false);
    expect(passes(of(7, 20))).toBe(false);
  });

  it('are found by random within an interval that holds 99 of 100 draws', () => {
    expect(binomialInterval(10, 0.5, 0.025)).toEqual({ low: 2, high: 8 });
    const { low, high } = binomialInterval(60, 0.1);
    let [inside, state] = [0, 11];
    for (let draw = 0; draw < 2000; draw += 1) {
      let found = 0;
      for (let frame = 0; frame < 60; frame += 1) {
        state = (state * 48271) % 2147483647;
        if (state / 2147483647 < 0.1) found += 1;
      }
      if (found >= low && found <= high) inside += 1;
    }
    expect(inside / 2000).toBeGreaterThan(0.985);
    expect(inside / 2000).toBeLessThan(1);
  });
});
