import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { niceTicks } from '../../../src/plots/nice-ticks.ts';

const value = fc.double({ min: -1000, max: 1000, noNaN: true });

describe('the ticks of an axis', () => {
  it('are round', () => {
    expect(niceTicks(0.61, 0.88)).toEqual([0.6, 0.7, 0.8, 0.9]);
    expect(niceTicks(1, 10)).toEqual([0, 2, 4, 6, 8, 10]);
    expect(niceTicks(0, 250)).toEqual([0, 50, 100, 150, 200, 250]);
  });

  it('cover every range evenly, and are neither one nor many', () => {
    fc.assert(
      fc.property(value, value, (one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        const ticks = niceTicks(low, high);
        const slack = 1e-6 * Math.max(1, high - low);
        expect(ticks.at(0)).toBeLessThanOrEqual(low + slack);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(high - slack);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(8);
        expect(new Set(ticks).size).toBe(ticks.length);
      }),
    );
  });
});
