import { describe, expect, it } from '@jest/globals';
import { holds, howMany, numbersOf, toRanges } from '../../../src/contracts/ranges.ts';

describe('ranges', () => {
  it('give back the numbers that they were made of, ascending and each once', () => {
    const ranges = toRanges([9, 3, 2, 4, 3]);
    expect(ranges).toEqual([
      [2, 4],
      [9, 9],
    ]);
    expect(numbersOf(ranges)).toEqual([2, 3, 4, 9]);
    expect(howMany(ranges)).toBe(4);
    expect([1, 2, 4, 5, 9].filter((number) => holds(ranges, number))).toEqual([2, 4, 9]);
  });
});
