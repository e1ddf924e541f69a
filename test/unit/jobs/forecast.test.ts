import { describe, expect, it } from '@jest/globals';
import { forecastOf } from '../../../src/jobs/forecast.ts';

const NOW = Date.parse('2026-03-10T12:00:00.000Z');
const HOUR_MS = 3_600_000;
const DAYS = 24 * HOUR_MS;

const done = (hoursAgo: number, frameCount = 10) => {
  return { isComplete: true, frameCount, updatedAt: new Date(NOW - hoursAgo * HOUR_MS).toISOString() };
};
const open = (frameCount: number) => ({ isComplete: false, frameCount, updatedAt: '2026-03-01T00:00:00.000Z' });
const began = (daysAgo: number): string => new Date(NOW - daysAgo * DAYS).toISOString();

describe('the forecast of the end', () => {
  it('goes on at the pace since people could begin', () => {
    // 40 frames in two days, 60 left: three days.
    const found = forecastOf([done(1), done(9), done(20), done(40), open(60)], began(2), NOW);
    expect(found).toEqual({
      kind: 'forecast',
      finishAt: '2026-03-13T12:00:00.000Z',
      earliest: new Date(NOW + (3 * DAYS) / (1 + 1.2816 / 2)).toISOString(),
      latest: new Date(NOW + (3 * DAYS) / (1 - 1.2816 / 2)).toISOString(),
      framesPerDay: 20,
      framesLeft: 60,
      jobsCounted: 4,
    });
  });

  it('forgets what was done more than a week ago', () => {
    const rows = [done(24 * 20, 1000), done(1), done(2), done(3), done(4), open(30)];
    // 40 frames in the last seven days of thirty.
    expect(forecastOf(rows, began(30), NOW)).toMatchObject({ framesPerDay: 40 / 7, jobsCounted: 4 });
  });

  it('is narrower the more jobs it rests on', () => {
    const wide = (jobs: number): number => {
      const rows = [...Array.from({ length: jobs }, () => done(1)), open(10)];
      const found = forecastOf(rows, began(1), NOW);
      if (found.kind !== 'forecast' || found.latest === null) throw new Error('no forecast');
      return (Date.parse(found.latest) - Date.parse(found.earliest)) / (Date.parse(found.finishAt) - NOW);
    };
    expect(wide(100)).toBeLessThan(wide(10));
    expect(wide(100)).toBeLessThan(0.3);
  });

  it('says when there is not enough to tell', () => {
    expect(forecastOf([done(1), done(2), open(5)], began(3), NOW)).toMatchObject({
      kind: 'not enough',
      why: '2 of the 3 completed jobs that a pace needs',
    });
    expect(forecastOf([], began(3), NOW)).toMatchObject({ kind: 'not enough' });
    const fresh = [done(0.01), done(0.02), done(0.03), open(1)];
    expect(forecastOf(fresh, new Date(NOW - 5 * 60_000).toISOString(), NOW)).toMatchObject({ kind: 'not enough' });
  });

  it('is none once all is done', () => {
    expect(forecastOf([done(1)], began(3), NOW)).toEqual({ kind: 'done' });
  });
});
