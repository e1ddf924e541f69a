import { describe, expect, it } from '@jest/globals';
import { beginningOf, dayOf } from '../../../web/src/pages/iterations/day-filter.ts';

describe('the day of a deadline', () => {
  it('comes back from the address as it was chosen, in the zone of the viewer', () => {
    const iso = beginningOf('2026-03-29');
    expect(iso).toBe(new Date(2026, 2, 29).toISOString());
    expect(dayOf(iso)).toBe('2026-03-29');
  });

  it('is none while it is being typed, and for an address that names no time', () => {
    expect(beginningOf('')).toBeNull();
    expect(beginningOf('0202-03-01')).toBeNull();
    expect([dayOf(null), dayOf('soon')]).toEqual(['', '']);
  });
});
