import { describe, expect, it } from '@jest/globals';
import { dice, overlapByClass } from '../../../src/coco/compare.ts';
import { failureOf } from './failure-of.ts';
import { maskOf } from './mask-of.ts';

describe('overlapByClass', () => {
  it('counts the pixels of each class in both, in the first and in the second, without background', () => {
    const counted = overlapByClass(maskOf('1 1 0', '2 0 0'), maskOf('1 0 1', '3 1 0'));
    expect([...counted]).toEqual([
      [1, { both: 1, a: 2, b: 3 }],
      [2, { both: 0, a: 1, b: 0 }],
      [3, { both: 0, a: 0, b: 1 }],
    ]);
  });

  it('compares 8-bit with 16-bit masks by value', () => {
    const counted = overlapByClass(maskOf('1 2'), { width: 2, height: 1, values: Uint16Array.of(257, 2) });
    expect([...counted.keys()]).toEqual([1, 2, 257]);
    expect(counted.get(2)).toEqual({ both: 1, a: 1, b: 1 });
  });

  it('refuses masks of the same area and another shape', async () => {
    const failure = await failureOf(() => overlapByClass(maskOf('1 2 3 4'), maskOf('1 2', '3 4')));
    expect(failure).toMatchObject({ code: 'FrameSizeMismatch', facts: { first: [4, 1], second: [2, 2] } });
  });
});

describe('dice', () => {
  it('is 1 for equal, 0 for disjoint and between for partly equal pixels', () => {
    expect(dice({ both: 4, a: 4, b: 4 })).toBe(1);
    expect(dice({ both: 0, a: 4, b: 4 })).toBe(0);
    expect(dice({ both: 1, a: 2, b: 3 })).toBe(0.4);
  });

  it('is null for a class absent from both', () => {
    expect(dice({ both: 0, a: 0, b: 0 })).toBeNull();
  });
});
