import { formatClock, formatTime } from '../../../time/format-time.ts';

/** When something began and ended, in the viewer's zone, without saying anything twice. ISO times; null where it has not ended. */
export function periodText(startedAt: string, endedAt: string | null): string {
  const start = formatTime(startedAt);
  if (endedAt === null) return `since ${start}`;
  const end = formatTime(endedAt);
  if (start === end) return start;
  const isOneDay = new Date(startedAt).toDateString() === new Date(endedAt).toDateString();
  return `${start} to ${isOneDay ? formatClock(endedAt) : end}`;
}
