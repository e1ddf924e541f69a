import { describe, expect, it } from '@jest/globals';
import { compareTimes } from '../../../src/cvat/times.ts';

describe("CVAT's times", () => {
  it.each([
    ['2026-11-22T16:03:06.838216Z', '2026-11-22T16:03:06.838231Z', -1],
    ['2026-11-22T16:03:06.838231Z', '2026-11-22T16:03:06.838231Z', 0],
    ['2026-11-22T16:03:07Z', '2026-11-22T16:03:06.999999Z', 1],
    ['2026-11-22T16:03:06Z', '2026-11-22T16:03:06.000001Z', -1],
    ['2026-11-22T16:03:06.5Z', '2026-11-22T16:03:06.499999Z', 1],
  ])('%s and %s are compared to the microsecond', (first, second, sign) => {
    expect(Math.sign(compareTimes(first, second))).toBe(sign);
  });
});
