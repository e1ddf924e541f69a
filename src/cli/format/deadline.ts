import type { IterationStatus } from '../../contracts/iteration.ts';
import { formatDuration, formatTime } from './time.ts';

type Deadline = NonNullable<IterationStatus['deadline']>;

const THEN: Record<Deadline['policy'], string> = {
  attention: 'then somebody decides',
  continue: 'then it goes on with the completed jobs',
  carry: 'then it goes on with the completed jobs and carries the other frames',
};

/** Until when people have time, and for how long still: `due 2026-12-01 18:00 UTC, in 3 d 2 h; then somebody decides`. */
export function dueText({ at, policy }: Deadline, now: Date): string {
  const leftMs = Date.parse(at) - now.getTime();
  if (leftMs <= 0) return `overdue since ${formatTime(at)} (${formatDuration(-leftMs)})`;
  return `due ${formatTime(at)}, in ${formatDuration(leftMs)}; ${THEN[policy]}`;
}

/** The same without what changes from look to look. */
export function dueLine({ at, policy }: Deadline, now: Date): string {
  if (Date.parse(at) <= now.getTime()) return `overdue since ${formatTime(at)}`;
  return `due ${formatTime(at)}; ${THEN[policy]}`;
}
