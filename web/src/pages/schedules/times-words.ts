import type { ScheduleTimes } from '../../../../src/contracts/schedule.ts';
import { formatDuration } from '../../../../src/notation/duration-words.ts';
import { cronWords } from './cron-words.ts';

/** When a schedule asks, in words: `every 7 d, 6 h after midnight UTC`, or times of day with their zone; lines of cron that say more stand there as they are. */
export function timesWords({ everyMs, offsetMs, cron, timeZone, jitterMs }: ScheduleTimes): string {
  const offset = offsetMs === 0 ? '' : `, moved by ${formatDuration(offsetMs)}`;
  const parts = [
    ...(everyMs === null ? [] : [`every ${formatDuration(everyMs)}${offset}`]),
    ...(cron.length === 0 ? [] : [`at ${cron.map((line) => cronWords(line) ?? line).join(' and ')} in ${timeZone}`]),
    ...(jitterMs === 0 ? [] : [`up to ${formatDuration(jitterMs)} later by chance`]),
  ];
  return parts.join(', ');
}

/** What becomes of a time while an iteration of the loop runs. */
export const OVERLAP_WORDS = {
  skip: 'It is skipped',
  buffer: 'One begins when that has ended',
} as const;
