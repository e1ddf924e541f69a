import { describe, expect, it } from '@jest/globals';
import type { LoopPoint } from '../../../src/contracts/stop-rules.ts';
import { parseMixture } from '../../../src/notation/mixture.ts';
import { formatStandings } from '../../../src/cli/format/standings.ts';
import { curveOf, type CurvePoint } from '../../../src/simulation/curve.ts';
import { curvesChart } from '../../../src/simulation/curves-chart.ts';
import { curvesCsv } from '../../../src/simulation/curves-csv.ts';
import { middleCurve } from '../../../src/simulation/middle-curve.ts';
import { quantile } from '../../../src/simulation/quantile.ts';
import { standings } from '../../../src/simulation/standing.ts';

function curve(variant: string, seed: number, dice: readonly (number | null)[], size = 10): readonly CurvePoint[] {
  return dice.map((value, index) => ({
    variant,
    seed,
    iteration: index + 1,
    frames: size * (index + 1),
    dice: value,
    agreement: index === 0 ? null : 0.5,
    corrections: null,
  }));
}

const BOTH = [
  ...curve('random', 1, [0.4, 0.6, 0.7]),
  ...curve('random', 2, [0.2, 0.5]),
  ...curve('50% diverse, 50% random', 1, [0.5, 0.9, 0.8]),
  ...curve('50% diverse, 50% random', 2, [0.5, 0.7, 0.8]),
];

describe('the curve of a loop', () => {
  it('counts the frames of all iterations so far', () => {
    const variant = { name: 'random', mixture: parseMixture('random'), batchSize: 10 };
    const none = { agreement: null, corrections: null, evaluation: null, startedAt: '', endedAt: '' };
    const points: LoopPoint[] = [
      { ...none, number: 1, id: 'a', frames: 10, dice: 0.4 },
      { ...none, number: 2, id: 'b', frames: 7, dice: null },
    ];
    const found = curveOf({ key: 'variant-1-seed-3', variant, seed: 3 }, points);
    expect(found.map(({ frames, dice, seed }) => [frames, dice, seed])).toEqual([
      [10, 0.4, 3],
      [17, null, 3],
    ]);
  });

  it('is the median where every loop of the variant was measured, between its quartiles', () => {
    const five = [0.9, 0.1, 0.4, 0.3, 0.5].flatMap((dice, index) => curve('random', index + 1, [dice]));
    expect(middleCurve(five, 'random')).toEqual([
      { iteration: 1, frames: 10, dice: 0.4, lower: 0.3, upper: 0.5, seeds: 5 },
    ]);
    const two = middleCurve(BOTH, 'random');
    expect(two.map(({ frames, seeds }) => [frames, seeds])).toEqual([
      [10, 2],
      [20, 2],
    ]);
    expect(two[0]).toMatchObject({
      dice: expect.closeTo(0.3),
      lower: expect.closeTo(0.25),
      upper: expect.closeTo(0.35),
    });
    expect([quantile([7], 0.25), quantile([4, 1, 2, 3], 0.75)]).toEqual([7, 3.25]);
  });
});

describe('what a comparison has found', () => {
  it('ranks variants by their best mean, with the fewest frames that reach it', () => {
    const [first, second] = standings(BOTH);
    expect(first).toMatchObject({
      variant: '50% diverse, 50% random',
      iterations: 3,
      best: { iteration: 2, frames: 20 },
    });
    expect(second).toMatchObject({ variant: 'random', iterations: 2 });
  });

  it('puts the one with fewer frames first where both are equally good', () => {
    const found = standings([...curve('large', 1, [0.5, 0.8], 20), ...curve('small', 1, [0.5, 0.8], 10)]);
    expect(found.map(({ variant }) => variant)).toEqual(['small', 'large']);
  });

  it('is a table and a verdict, which warns where the difference may be chance', () => {
    const size = { pool: 40, heldOut: 8 };
    const text = formatStandings(standings(BOTH), size);
    expect(text).toContain('0.7500 to 0.8500 (2 seeds)');
    expect(text).toContain(
      '50% diverse, 50% random reached the best Dice, 0.8000 with 20 frames; next random, 0.5500.',
    );
    expect(text).toContain('40 labelled frames to choose from, 8 held out');
    expect(formatStandings(standings(BOTH.filter(({ seed }) => seed === 1)), size)).toContain('may be chance');
    expect(formatStandings(standings(curve('random', 1, [null])), size)).toContain('not measured');
  });

  it('is written as CSV with quotes where a name has commas, and as a picture', () => {
    const lines = curvesCsv(BOTH).split('\r\n');
    expect(lines[0]).toBe('variant,seed,iteration,frames,dice,agreement,corrections');
    expect(lines[1]).toBe('random,1,1,10,0.4,,');
    expect(lines[6]).toBe('"50% diverse, 50% random",1,1,10,0.5,,');
    expect(lines).toHaveLength(1 + BOTH.length + 1);
    expect([...curvesChart(BOTH).subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
  });
});
