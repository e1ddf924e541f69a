import type { WorkingHours } from '../../contracts/notice.ts';
import { daysLater, momentOf, zonedTime } from './zoned-time.ts';

/** A week and a day: within it every weekday begins once more. */
const DAYS_AHEAD = 8;

/** True if people may be disturbed. Hours that end before they begin run past midnight, and belong to the day of their beginning. */
export function isOpen(ms: number, { from, to, days, timeZone }: WorkingHours): boolean {
  const { date, time, weekday } = zonedTime(ms, timeZone);
  const yesterday = zonedTime(momentOf(daysLater(date, -1), '12:00', timeZone), timeZone).weekday;
  if (from < to) return days.includes(weekday) && time >= from && time < to;
  return (days.includes(weekday) && time >= from) || (days.includes(yesterday) && time < to);
}

/** Now where people may be disturbed, else the next moment at which they may; in milliseconds since 1970. */
export function nextOpening(ms: number, hours: WorkingHours): number {
  if (isOpen(ms, hours)) return ms;
  const { from, days, timeZone } = hours;
  const { date } = zonedTime(ms, timeZone);
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead += 1) {
    const day = daysLater(date, ahead);
    const opening = momentOf(day, from, timeZone);
    if (opening > ms && days.includes(zonedTime(opening, timeZone).weekday)) return opening;
  }
  return ms;
}
