import { describe, expect, it } from '@jest/globals';
import { formatDuration } from '../../../src/notation/duration-words.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('a duration in words', () => {
  it.each([
    [-5, '0 ms'],
    [850, '850 ms'],
    [59_999, '59 s'],
    [200_000, '3 min 20 s'],
    [180_000, '3 min'],
    [7_500_000, '2 h 5 min'],
    [273_600_000, '3 d 4 h'],
    [12_400, '12 s'],
    [MINUTE, '1 min'],
    [HOUR - 1, '59 min 59 s'],
    [2 * HOUR + 5 * MINUTE, '2 h 5 min'],
    [3 * DAY + 4 * HOUR, '3 d 4 h'],
  ])('of %d ms is %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});
