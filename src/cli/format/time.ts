import { formatDuration } from '../../notation/duration-words.ts';

/** An ISO time as people read it, to the minute: `2026-03-01 14:05 UTC`. What is no time comes back as it is. */
export function formatTime(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** The time of day to the second: `14:05:09`. */
export function formatClock(time: Date): string {
  return time.toISOString().slice(11, 19);
}

/** A past ISO time to the second, with its day where that is not today's: `14:05:09`, `2026-02-27 14:05:09`. */
export function formatMoment(iso: string, now: Date): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  const day = time.toISOString().slice(0, 10);
  return now.toISOString().startsWith(day) ? formatClock(time) : `${day} ${formatClock(time)}`;
}

/** How long ago an ISO time was. */
export function formatAge(iso: string, now: Date): string {
  return formatDuration(now.getTime() - Date.parse(iso));
}
