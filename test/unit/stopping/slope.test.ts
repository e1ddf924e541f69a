import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { slopeOf } from '../../../src/stopping/slope.ts';

describe('the slope of a curve', () => {
  it('is that of the line which the values lie on', () => {
    const line = fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }));
    fc.assert(
      fc.property(line, fc.integer({ min: 2, max: 9 }), ([start, slope], length) => {
        const values = Array.from({ length }, (_, at) => start + slope * at);
        expect(slopeOf(values)).toBeCloseTo(slope, 9);
      }),
    );
  });

  it('leaves the least squares: no other line through the mean comes nearer', () => {
    const values = [0.2, 0.5, 0.4, 0.9];
    const squares = (slope: number): number =>
      values.reduce((sum, value, at) => sum + (value - (0.5 + slope * (at - 1.5))) ** 2, 0);
    const best = slopeOf(values);
    for (const other of [best - 0.01, best + 0.01, 0, 1]) expect(squares(best)).toBeLessThan(squares(other));
  });
});
