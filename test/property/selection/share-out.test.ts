import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { shareOut } from '../../../src/selection/share-out.ts';

/** Whole percents, as people write them. */
const percents = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 5 });

/** The same with whole numbers alone: what is left goes to the largest remainder, one by one. */
function byRemainders(total: number, parts: readonly number[]): readonly number[] {
  const sum = parts.reduce((before, part) => before + part, 0);
  const counts = parts.map((part) => Math.floor((total * part) / sum));
  const remainders = parts.map((part) => (total * part) % sum);
  while (counts.reduce((before, count) => before + count, 0) < total) {
    const most = remainders.indexOf(Math.max(...remainders));
    counts[most] = (counts[most] ?? 0) + 1;
    remainders[most] = -1;
  }
  return counts;
}

describe('sharing out', () => {
  it('gives whole numbers by the largest remainder, as counting in whole numbers does', () => {
    fc.assert(
      fc.property(fc.nat(2000), percents, (total, parts) => {
        const sum = parts.reduce((before, part) => before + part, 0);
        expect(
          shareOut(
            total,
            parts.map((part) => part / sum),
          ),
        ).toEqual(byRemainders(total, parts));
      }),
    );
  });

  it('gives what is left to the earlier of two parts with equal remainders, however large one of them is', () => {
    expect(shareOut(1981, [16 / 21, 1 / 21, 4 / 21])).toEqual([1510, 94, 377]);
  });

  it('makes 7 and 3 of 70 and 30 per cent of 10', () => {
    expect(shareOut(10, [0.7, 0.3])).toEqual([7, 3]);
    expect(shareOut(7, [0.5, 0.5])).toEqual([4, 3]);
    expect(shareOut(0, [1])).toEqual([0]);
  });
});
