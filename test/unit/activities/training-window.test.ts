import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { windowOpens } from '../../../src/activities/training-window.ts';

const NIGHT = { from: '20:00', to: '06:00', timeZone: 'Europe/Berlin' };

const opens = (window: typeof NIGHT, now: string): string | null =>
  windowOpens(window, new Date(now))?.toISOString() ?? null;

describe('a training window', () => {
  it.each([
    ['before it opens', '2026-11-22T18:59:59.500Z', '2026-11-22T19:00:00.000Z'],
    ['from its first second', '2026-11-22T19:00:00.000Z', null],
    ['after midnight', '2026-11-23T04:59:59.000Z', null],
    ['from its last second on', '2026-11-23T05:00:00.000Z', '2026-11-23T19:00:00.000Z'],
    ['in summer', '2026-07-01T17:30:00.000Z', '2026-07-01T18:00:00.000Z'],
  ])('over midnight is looked at %s', (_, now, expected) => {
    expect(opens(NIGHT, now)).toBe(expected);
  });

  it('within a day opens the next day once it is over', () => {
    const noon = { from: '12:00', to: '13:30', timeZone: 'UTC' };
    expect(opens(noon, '2026-11-22T12:15:00Z')).toBeNull();
    expect(opens(noon, '2026-11-22T13:30:00Z')).toBe('2026-11-23T12:00:00.000Z');
    expect(opens(noon, '2026-11-22T03:00:00Z')).toBe('2026-11-22T12:00:00.000Z');
  });

  it('is open whenever it says that it opens, where clocks stand still', () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
    const zone = fc.constantFrom('UTC', 'Asia/Kolkata', 'Asia/Tokyo', 'America/Phoenix');
    const seconds = fc.integer({ min: 1_767_225_600, max: 1_798_761_600 });
    fc.assert(
      fc.property(time, time, zone, seconds, (from, to, timeZone, at) => {
        fc.pre(from !== to);
        const window = { from, to, timeZone };
        const opensAt = windowOpens(window, new Date(at * 1000));
        if (opensAt === null) return;
        expect(opensAt.getTime()).toBeGreaterThan(at * 1000);
        expect(opensAt.getTime()).toBeLessThanOrEqual((at + 24 * 3600) * 1000);
        expect(windowOpens(window, opensAt)).toBeNull();
        expect(windowOpens(window, new Date(opensAt.getTime() - 1000))).not.toBeNull();
      }),
    );
  });

  it('refuses a time zone that nobody knows', () => {
    expect(() => opens({ ...NIGHT, timeZone: 'Moon/Crater' }, '2026-11-22T18:00:00Z')).toThrow(RangeError);
  });
});
