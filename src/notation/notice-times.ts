import type { Rung, WorkingHours } from '../contracts/notice.ts';
import { isTimeZone, ownTimeZone } from '../contracts/time-zone.ts';
import { parseDuration } from './duration.ts';
import { NotationError } from './notation-error.ts';
import { TIME_OF_DAY } from './training-window.ts';

/** `assignee=3d,lead=-1d`: whom to remind how long before the deadline, or after it. @throws NotationError */
export function parseLadder(text: string): readonly Rung[] {
  return text.split(',').map((part) => {
    const [, whom = '', sign = '', duration = ''] = /^\s*(\w+)=(-?)(.+?)\s*$/.exec(part) ?? [];
    if (whom !== 'assignee' && whom !== 'reviewer' && whom !== 'lead') {
      throw new NotationError('Write whom to remind and when: assignee=3d,reviewer=1d,lead=-1d.');
    }
    const beforeMs = parseDuration(duration);
    return { whom, beforeMs: sign === '-' ? -beforeMs : beforeMs };
  });
}

/** A time of day: `08:30`. @throws NotationError */
export function parseClock(text: string): string {
  if (TIME_OF_DAY.test(text.trim())) return text.trim();
  throw new NotationError('Write a time of day: 08:30.');
}

/** `1-5 09:00-17:00 Europe/Berlin`; without a time zone it is that of this machine. @throws NotationError */
export function parseWorkingHours(text: string): WorkingHours {
  const [weekdays = '', times = '', timeZone = ownTimeZone()] = text.trim().split(/\s+/);
  const [, first = '', last = first] = /^([1-7])(?:-([1-7]))?$/.exec(weekdays) ?? [];
  const [from = '', to = ''] = times.split('-');
  if (first === '' || Number(last) < Number(first) || !TIME_OF_DAY.test(from) || !TIME_OF_DAY.test(to) || from === to) {
    throw new NotationError('Write days, times and a time zone if it is another: "1-5 09:00-17:00 Europe/Berlin".');
  }
  if (!isTimeZone(timeZone))
    throw new NotationError(`There is no time zone ${timeZone}; write one like Europe/Berlin.`);
  const days = Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => Number(first) + index);
  return { from, to, days, timeZone };
}
