import type { TrainingWindow } from '../contracts/training.ts';

const DAY_MINUTES = 24 * 60;

/** `20:00` as minutes since midnight. */
function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** Seconds since midnight on the clocks of a time zone. */
function localSeconds(now: Date, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const [hours = 0, minutes = 0, seconds = 0] = format.format(now).split(':').map(Number);
  return (hours * 60 + minutes) * 60 + seconds;
}

/**
 * When training may begin: null if the window is open at `now`, else the time at which it opens. Where clocks are put
 * forward or back in between, that is up to an hour off, so look again then.
 *
 * @throws RangeError for a time zone that is not known
 */
export function windowOpens({ from, to, timeZone }: TrainingWindow, now: Date): Date | null {
  const seconds = localSeconds(now, timeZone);
  const [begin, end] = [minutesOf(from) * 60, minutesOf(to) * 60];
  const isOpen = begin <= end ? seconds >= begin && seconds < end : seconds >= begin || seconds < end;
  if (isOpen) return null;
  const wait = (begin - seconds + DAY_MINUTES * 60) % (DAY_MINUTES * 60);
  return new Date(Math.floor(now.getTime() / 1000) * 1000 + wait * 1000);
}
