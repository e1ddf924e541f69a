import { describe, expect, it } from '@jest/globals';
import type { ClassCounts } from '../../../src/gate/class-counts.ts';
import { slopeInterval } from '../../../src/stopping/slope-interval.ts';

const CATEGORIES = [{ id: 1, name: 'Grasper' }];

/** Ten groups whose Dice begins at `from` plus what is its own, and changes by `slope` an iteration. */
function curve(slope: number, options: { iterations?: number; spread?: number; groups?: number } = {}) {
  const { iterations = 4, spread = 0.1, groups = 10 } = options;
  return Array.from({ length: iterations }, (_, iteration) => {
    const counted = Array.from({ length: groups }, (_unused, group): [string, ClassCounts] => {
      // Some videos improve, others get worse: that is what makes a slope uncertain.
      const own = spread * iteration * Math.sin(7 * group);
      const both = Math.round(1000 * (0.5 + slope * iteration + own));
      return [`video_${group}`, new Map([[1, { both, a: 1000, b: 1000 }]])];
    });
    return new Map(counted);
  });
}

describe('the interval of a slope', () => {
  it('lies around the slope of all groups together, and far from 0 where all improve alike', () => {
    const found = slopeInterval(curve(0.05, { spread: 0 }), CATEGORIES, 'seed');
    expect(found?.slope).toBeCloseTo(0.05, 3);
    expect(found?.interval?.low).toBeCloseTo(0.05, 3);
    expect(found?.interval?.high).toBeCloseTo(0.05, 3);
  });

  it('is wide where groups differ, and the same for the same seed alone', () => {
    const noisy = curve(0, { spread: 0.1 });
    const once = slopeInterval(noisy, CATEGORIES, 'seed');
    expect(once?.interval?.low).toBeLessThan(-0.01);
    expect(once?.interval?.high).toBeGreaterThan(0.01);
    expect(slopeInterval(noisy, CATEGORIES, 'seed')).toEqual(once);
    expect(slopeInterval(noisy, CATEGORIES, 'another')).not.toEqual(once);
  });

  it('looks at the groups alone that all iterations have', () => {
    const [first, ...others] = curve(0.05, { spread: 0 });
    if (first === undefined) throw new Error('no curve');
    const easy = new Map([...first, ['new_video', new Map([[1, { both: 1, a: 1000, b: 1000 }]])]]);
    const found = slopeInterval([easy, ...others], CATEGORIES, 'seed');
    expect(found).toMatchObject({ groups: 10 });
    expect(found?.slope).toBeCloseTo(0.05, 3);
  });

  it('is unknown with one group, and the slope too where nothing is shared or labelled', () => {
    expect(slopeInterval(curve(0.05, { groups: 1 }), CATEGORIES, 'seed')).toMatchObject({ interval: null, groups: 1 });
    expect(slopeInterval(curve(0.05, { iterations: 1 }), CATEGORIES, 'seed')).toBeNull();
    const elsewhere = [new Map([['a', new Map()]]), new Map([['b', new Map()]])];
    expect(slopeInterval(elsewhere, CATEGORIES, 'seed')).toBeNull();
    const empty = [new Map([['a', new Map()]]), new Map([['a', new Map()]])];
    expect(slopeInterval(empty, CATEGORIES, 'seed')).toBeNull();
  });
});
