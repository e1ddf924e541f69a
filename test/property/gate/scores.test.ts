import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { overlapByClass } from '../../../src/coco/compare.ts';
import { bootstrapDifference, quantile, type GroupCounts } from '../../../src/gate/bootstrap.ts';
import { sumCounts } from '../../../src/gate/class-counts.ts';
import { scoreOf } from '../../../src/gate/score.ts';

const CATEGORIES = [1, 2, 3].map((id) => ({ id, name: `class ${id}` }));
const SIZE = 12;

const pixels = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: SIZE, maxLength: SIZE });
/** A frame: its label, and what the model before and the one after predict. */
const frame = fc.record({ label: pixels, before: pixels, after: pixels });
type Frame = { label: number[]; before: number[]; after: number[] };

const digits = (text: string): number[] => text.repeat(3).split('').map(Number);
const mask = (values: readonly number[]) => ({ width: SIZE, height: 1, values: Uint8Array.from(values) });
const countsOf = ({ label, before, after }: Frame): GroupCounts => ({
  before: overlapByClass(mask(label), mask(before)),
  after: overlapByClass(mask(label), mask(after)),
});

/** Dice of a class by sets of pixel positions, as its definition says it. */
function diceBySets(frames: readonly Frame[], part: 'before' | 'after', id: number): number | null {
  const where = (of: 'label' | 'before' | 'after') =>
    new Set(frames.flatMap((one, index) => one[of].flatMap((value, x) => (value === id ? [`${index}:${x}`] : []))));
  const [label, predicted] = [where('label'), where(part)];
  if (label.size + predicted.size === 0) return null;
  return (2 * [...label].filter((place) => predicted.has(place)).length) / (label.size + predicted.size);
}

function meanBySets(frames: readonly Frame[], part: 'before' | 'after'): number | null {
  const known = CATEGORIES.flatMap(({ id }) => diceBySets(frames, part, id) ?? []);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

describe('scores of a model', () => {
  it('are Dice over sets of pixels, missing classes left out, and IoU is Dice over 2 minus Dice', () => {
    fc.assert(
      fc.property(fc.array(frame, { minLength: 1, maxLength: 4 }), (frames) => {
        const score = scoreOf(sumCounts(frames.map((one) => countsOf(one).after)), CATEGORIES);
        for (const { id, dice, iou } of score.classes) {
          const wanted = diceBySets(frames, 'after', id);
          if (wanted === null || dice === null) expect([dice, iou]).toEqual([wanted, wanted]);
          else {
            expect(dice).toBeCloseTo(wanted, 12);
            expect(iou).toBeCloseTo(wanted / (2 - wanted), 12);
          }
        }
        const mean = meanBySets(frames, 'after');
        expect(score.dice ?? -1).toBeCloseTo(mean ?? -1, 12);
      }),
    );
  });
});

describe('the interval of the difference', () => {
  it('lies within what any draw of the groups can give', () => {
    fc.assert(
      fc.property(fc.array(frame, { minLength: 2, maxLength: 3 }), fc.string(), (frames, seed) => {
        const all = drawsOf(frames).flatMap((drawn) => {
          const [before, after] = [meanBySets(drawn, 'before'), meanBySets(drawn, 'after')];
          return before === null || after === null ? [] : [after - before];
        });
        const interval = bootstrapDifference(frames.map(countsOf), seed, 200);
        if (interval === null) return;
        expect(interval.low).toBeGreaterThanOrEqual(Math.min(...all) - 1e-9);
        expect(interval.high).toBeLessThanOrEqual(Math.max(...all) + 1e-9);
        expect(interval.low).toBeLessThanOrEqual(interval.high);
      }),
    );
  });

  it('of few groups comes to what all draws of them give', () => {
    const frames = ['0011', '1100', '0111', '1122'].map((label, index) => ({
      label: digits(label),
      before: digits('0112'),
      after: digits(index === 0 ? '0000' : '1111'),
    }));
    const all = drawsOf(frames).map((drawn) => (meanBySets(drawn, 'after') ?? 0) - (meanBySets(drawn, 'before') ?? 0));
    const interval = bootstrapDifference(frames.map(countsOf), 'a seed', 20_000);
    const sorted = all.toSorted((a, b) => a - b);
    expect(interval?.low).toBeCloseTo(quantile(sorted, 0.025), 1);
    expect(interval?.high).toBeCloseTo(quantile(sorted, 0.975), 1);
    expect(interval?.lossShare).toBeCloseTo(all.filter((one) => one < -0.01).length / all.length, 1);
  });

  it('is the same for the same seed, and there is none of one group', () => {
    const frames = [0, 1, 2, 3].map((id) => ({
      label: Array<number>(SIZE).fill(id),
      before: Array<number>(SIZE).fill(1),
      after: Array<number>(SIZE).fill(2),
    }));
    const counts = frames.map(countsOf);
    expect(bootstrapDifference(counts, 'x')).toEqual(bootstrapDifference(counts, 'x'));
    expect(bootstrapDifference(counts.slice(0, 1), 'x')).toBeNull();
  });

  it('takes quantiles between order statistics', () => {
    expect([0, 0.025, 0.5, 1].map((share) => quantile([1, 2, 3, 5], share))).toEqual([1, 1.075, 2.5, 5]);
  });
});

/** Every way to draw as many groups as there are, with replacement. */
function drawsOf<T>(groups: readonly T[]): readonly (readonly T[])[] {
  let draws: readonly (readonly T[])[] = [[]];
  for (let i = 0; i < groups.length; i += 1) draws = draws.flatMap((drawn) => groups.map((group) => [...drawn, group]));
  return draws;
}
