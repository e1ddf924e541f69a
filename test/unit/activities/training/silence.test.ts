import { describe, expect, it } from '@jest/globals';
import { thinned } from '../../../../src/activities/training/metrics-file.ts';
import { deadAfterMs, silenceAfter } from '../../../../src/activities/training/silence.ts';
import type { MetricPoint } from '../../../../src/contracts/training.ts';

const HALF_AN_HOUR = 30 * 60_000;

function points(run: number, ...seconds: number[]): MetricPoint[] {
  return seconds.map((second, index) => {
    const at = new Date(second * 1000).toISOString();
    return { at, run, epoch: index + 1, totalEpochs: 99, metric: null, best: null };
  });
}

describe('a silence', () => {
  it('lasts while nothing changes', () => {
    const first = silenceAfter(null, 'a', 100);
    expect(silenceAfter(first, 'a', 900)).toEqual({ key: 'a', since: 100 });
    expect(silenceAfter(first, 'b', 900)).toEqual({ key: 'b', since: 900 });
  });
});

describe('the silence after which a forgotten run is dead', () => {
  it('is what the iteration promises, while the pace of the run is not known', () => {
    expect(deadAfterMs([], null, HALF_AN_HOUR)).toBe(HALF_AN_HOUR);
    expect(deadAfterMs(points(7, 0, 10, 20), 7, HALF_AN_HOUR)).toBe(HALF_AN_HOUR);
    expect(deadAfterMs(points(6, 0, 10, 20, 30, 40), 7, HALF_AN_HOUR)).toBe(HALF_AN_HOUR);
  });

  it('is five of its longest epochs, at least a minute, and never more than what is promised', () => {
    expect(deadAfterMs(points(7, 0, 30, 120, 150), 7, HALF_AN_HOUR)).toBe(450_000);
    expect(deadAfterMs(points(7, 0, 1, 2, 3), 7, HALF_AN_HOUR)).toBe(60_000);
    expect(deadAfterMs(points(7, 0, 600, 1200, 1800), 7, HALF_AN_HOUR)).toBe(HALF_AN_HOUR);
  });
});

describe('metrics of very many epochs', () => {
  it('lose every second point of the older half, and none of the newer', () => {
    const all = points(7, ...Array.from({ length: 2001 }, (_, index) => index));
    const kept = thinned(all).map(({ epoch }) => epoch);
    expect(kept.slice(0, 3)).toEqual([1, 3, 5]);
    expect(kept.slice(-3)).toEqual([1999, 2000, 2001]);
    expect(kept).toHaveLength(1501);
    expect(thinned(all.slice(1))).toHaveLength(2000);
  });
});
