import { describe, expect, it } from '@jest/globals';
import type { WorkingHours } from '../../../src/contracts/notice.ts';
import { dueRungs } from '../../../src/notify/time/due-rungs.ts';
import { isOpen, nextOpening } from '../../../src/notify/time/working-hours.ts';
import { momentOf, zonedTime } from '../../../src/notify/time/zoned-time.ts';

const BERLIN: WorkingHours = { from: '09:00', to: '17:00', days: [1, 2, 3, 4, 5], timeZone: 'Europe/Berlin' };
const at = (iso: string): number => Date.parse(iso);
const opening = (iso: string, hours = BERLIN): string => new Date(nextOpening(at(iso), hours)).toISOString();

describe('working hours', () => {
  it('are those of the time zone, summer and winter', () => {
    expect(isOpen(at('2026-01-12T07:59:00Z'), BERLIN)).toBe(false);
    expect(isOpen(at('2026-01-12T08:00:00Z'), BERLIN)).toBe(true);
    expect(isOpen(at('2026-07-13T07:00:00Z'), BERLIN)).toBe(true);
    expect(isOpen(at('2026-07-13T15:00:00Z'), BERLIN)).toBe(false);
  });

  it.each([
    ['while they last, now', '2026-01-12T10:00:00Z', '2026-01-12T10:00:00.000Z'],
    ['in the morning, that day', '2026-01-12T05:00:00Z', '2026-01-12T08:00:00.000Z'],
    ['in the evening, the next day', '2026-01-12T18:00:00Z', '2026-01-13T08:00:00.000Z'],
    ['on Friday evening, on Monday', '2026-01-16T20:00:00Z', '2026-01-19T08:00:00.000Z'],
    ['over the change to summer time, an hour earlier', '2026-03-28T12:00:00Z', '2026-03-30T07:00:00.000Z'],
    ['over the change to winter time, an hour later', '2026-10-24T12:00:00Z', '2026-10-26T08:00:00.000Z'],
  ])('open again: %s', (_, from, to) => {
    expect(opening(from)).toBe(to);
  });

  it('that run past midnight belong to the day of their beginning', () => {
    const nights: WorkingHours = { from: '22:00', to: '06:00', days: [5], timeZone: 'UTC' };
    expect(isOpen(at('2026-01-16T23:00:00Z'), nights)).toBe(true);
    expect(isOpen(at('2026-01-17T05:00:00Z'), nights)).toBe(true);
    expect(isOpen(at('2026-01-18T05:00:00Z'), nights)).toBe(false);
    expect(opening('2026-01-17T06:00:00Z', nights)).toBe('2026-01-23T22:00:00.000Z');
  });

  it('open every day of a year at nine, whatever clocks do', () => {
    for (let day = 0; day < 365; day += 1) {
      const ms = at('2026-01-01T03:00:00Z') + day * 86_400_000;
      const found = nextOpening(ms, { ...BERLIN, days: [1, 2, 3, 4, 5, 6, 7] });
      expect(zonedTime(found, 'Europe/Berlin')).toMatchObject({ time: '09:00' });
      expect(found - ms).toBeLessThan(86_400_000);
    }
  });

  it('that begin where clocks are put forward open at the end of the skip', () => {
    expect(zonedTime(momentOf('2026-03-29', '02:30', 'Europe/Berlin'), 'Europe/Berlin').date).toBe('2026-03-29');
  });
});

const HOUR = 3_600_000;
const LADDER = [
  { beforeMs: 72 * HOUR, whom: 'assignee' },
  { beforeMs: 24 * HOUR, whom: 'assignee' },
  { beforeMs: 24 * HOUR, whom: 'reviewer' },
  { beforeMs: -1 * HOUR, whom: 'lead' },
] as const;

describe('the ladder of reminders', () => {
  const deadlineMs = at('2026-01-16T12:00:00Z');
  const reached = (nowIso: string, startedIso = '2026-01-01T00:00:00Z') =>
    dueRungs(LADDER, { deadlineMs, startedMs: at(startedIso), nowMs: at(nowIso) }).map(
      ({ whom, beforeMs }) => `${whom} ${beforeMs / HOUR}`,
    );

  it('reaches each rung at its time, the last one only', () => {
    expect(reached('2026-01-13T11:59:59Z')).toEqual([]);
    expect(reached('2026-01-13T12:00:00Z')).toEqual(['assignee 72']);
    expect(reached('2026-01-15T12:00:00Z')).toEqual(['assignee 24', 'reviewer 24']);
    expect(reached('2026-01-16T12:59:00Z')).toEqual(['assignee 24', 'reviewer 24']);
    expect(reached('2026-01-16T13:00:00Z')).toEqual(['assignee 24', 'reviewer 24', 'lead -1']);
  });

  it('leaves out what lies before the start', () => {
    expect(reached('2026-01-14T00:00:00Z', '2026-01-13T18:00:00Z')).toEqual([]);
    expect(reached('2026-01-15T13:00:00Z', '2026-01-13T18:00:00Z')).toEqual(['assignee 24', 'reviewer 24']);
  });
});
