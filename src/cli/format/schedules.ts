import type { ScheduleTimes } from '../../contracts/schedule.ts';
import type { ScheduleRow, ScheduleView } from '../../operations/schedules/read-schedules.ts';

import { formatTable } from './table.ts';
import { formatDuration } from '../../notation/duration-words.ts';
import { formatTime } from './time.ts';

/** When a schedule asks, in words. */
export function scheduleTimesInWords({ everyMs, offsetMs, cron, timeZone, jitterMs }: ScheduleTimes): string {
  const parts = [
    ...(everyMs === null
      ? []
      : [`every ${formatDuration(everyMs)}${offsetMs > 0 ? ` and ${formatDuration(offsetMs)}` : ''}`]),
    ...(cron.length === 0 ? [] : [`at ${cron.map((line) => `"${line}"`).join(' and ')} (${timeZone})`]),
  ];
  return parts.join(', and ') + (jitterMs > 0 ? `, up to ${formatDuration(jitterMs)} later` : '');
}

/** Schedules as a table for people; ends with a line break. */
export function formatSchedules(rows: readonly ScheduleRow[]): string {
  const body = rows.map(({ terms, paused, note, next }) => [
    terms.loop.name,
    terms.loop.project,
    scheduleTimesInWords(terms.times),
    paused ? 'paused' : next[0] === undefined ? 'never' : formatTime(next[0]),
    note,
  ]);
  return `${formatTable([['LOOP', 'PROJECT', 'ASKS', 'NEXT', 'NOTE'], ...body])}\n`;
}

/** A schedule and what came of its last times; ends with a line break. */
export function formatSchedule({ terms, paused, note, next, runs, missed }: ScheduleView): string {
  const facts = [
    `${terms.loop.name} of ${terms.loop.project}: ${scheduleTimesInWords(terms.times)}`,
    `while an iteration runs: ${terms.overlap === 'skip' ? 'it is skipped' : 'it begins when that has ended'}`,
    paused ? `paused${note === '' ? '' : `: ${note}`}` : `next: ${next.map(formatTime).join(', ') || 'never'}`,
    ...(paused || note === '' ? [] : [`note: ${note}`]),
    ...(missed === 0 ? [] : [`missed while Temporal was away: ${missed}`]),
  ];
  if (runs.length === 0) return `${[...facts, 'it has not asked yet'].join('\n')}\n`;
  const table = formatTable([
    ['ASKED', 'OUTCOME', 'WHY'],
    ...runs.map(({ at, outcome, why }) => [formatTime(at), outcome, why]),
  ]);
  return `${[...facts, '', table].join('\n')}\n`;
}
