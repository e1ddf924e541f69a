import { describe, expect, it } from '@jest/globals';
import { formatDistance } from '../../../web/src/time/format-distance.ts';
import { since } from '../../../web/src/time/since.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('times in relative words', () => {
  it.each([
    [0, 'just now'],
    [-30_000, 'in under a minute'],
    [3 * MINUTE, '3 min ago'],
    [-90 * MINUTE, 'in 1 h'],
    [47 * HOUR, '47 h ago'],
    [-50 * HOUR, 'in 2 d'],
    [MINUTE - 14 * DAY, 'in 14 d'],
    [MINUTE - 13.5 * DAY, 'in 13 d'],
  ])('%d ms from now is %s', (ms, text) => {
    expect(formatDistance(ms)).toBe(text);
  });

  it('are never to come for what has happened since the page looked at its clock', () => {
    const now = Date.parse('2026-03-01T09:00:00Z');
    expect(formatDistance(since(now + 14_000, now))).toBe('just now');
    expect(formatDistance(since(now + 30_000, now))).toBe('in under a minute');
    expect(formatDistance(since(now - 3 * MINUTE, now))).toBe('3 min ago');
  });
});
