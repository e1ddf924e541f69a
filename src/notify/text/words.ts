import { countOf } from '../../contracts/count-of.ts';
import { zonedTime } from '../time/zoned-time.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A span of time in its two largest units at most: `3 days`, `5 hours`, `1 hour 20 minutes`. @param ms not negative */
export function spanText(ms: number): string {
  if (ms >= 1.5 * DAY_MS) return countOf(Math.round(ms / DAY_MS), 'day');
  if (ms >= 10 * HOUR_MS) return countOf(Math.round(ms / HOUR_MS), 'hour');
  const hours = Math.floor(ms / HOUR_MS);
  const minutes = Math.max(hours === 0 ? 1 : 0, Math.round((ms - hours * HOUR_MS) / MINUTE_MS));
  if (hours === 0) return countOf(minutes, 'minute');
  return minutes === 0 ? countOf(hours, 'hour') : `${countOf(hours, 'hour')} ${countOf(minutes, 'minute')}`;
}

/** `in 2 days`, or `2 days ago`. Both times in milliseconds. */
export function fromNow(atMs: number, nowMs: number): string {
  return atMs >= nowMs ? `in ${spanText(atMs - nowMs)}` : `${spanText(nowMs - atMs)} ago`;
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** `Tue 2026-11-24 18:00 Europe/Berlin`: a moment as clocks in the time zone show it. */
export function momentText(iso: string, timeZone: string): string {
  const { date, time, weekday } = zonedTime(Date.parse(iso), timeZone);
  return `${WEEKDAYS[weekday - 1]} ${date} ${time} ${timeZone}`;
}
