import type { DeadlineNow, LastPolicy, PassedDeadline } from '../../contracts/deadline.ts';
import { countOf } from '../../contracts/count-of.ts';
import { formatDuration } from '../../notation/duration-words.ts';
import { formatTime } from './time.ts';

const THEN: Record<LastPolicy, string> = {
  attention: 'then somebody decides',
  continue: 'then it goes on with the completed jobs',
  carry: 'then it goes on with the completed jobs and carries the other frames',
};

/** Until when people have time, and for how long still: `due 2026-12-01 18:00 UTC, in 3 d 2 h; then somebody decides`. */
export function dueText(deadline: DeadlineNow, now: Date): string {
  const { at } = deadline;
  const leftMs = Date.parse(at) - now.getTime();
  if (leftMs <= 0) return `overdue since ${formatTime(at)} (${formatDuration(-leftMs)})`;
  return `due ${formatTime(at)}, in ${formatDuration(leftMs)}; ${thenText(deadline)}`;
}

/** The same without what changes from look to look. */
export function dueLine(deadline: DeadlineNow, now: Date): string {
  const { at } = deadline;
  if (Date.parse(at) <= now.getTime()) return `overdue since ${formatTime(at)}`;
  return `due ${formatTime(at)}; ${thenText(deadline)}`;
}

/** `passed 2026-12-01 18:00 UTC: open jobs given to others (3 jobs, 12 frames), new deadline 2026-12-04 18:00 UTC`. */
export function passedText({ at, until, shared }: PassedDeadline): string {
  return `passed ${formatTime(at)}: ${shared === undefined ? '' : `${sharedText(shared)}, `}new deadline ${formatTime(until)}`;
}

function sharedText({ jobs, frames, others, busy = [], againAt }: NonNullable<PassedDeadline['shared']>): string {
  const left = others === 0 ? '' : `, ${countOf(others, 'open job')} of others`;
  const kept = busy.length === 0 ? '' : `; ${jobNumbers(busy)} kept by whoever changed them lately${again(againAt)}`;
  return `${countOf(jobs, 'open job')} (${countOf(frames, 'frame')}) with those who were named${left}${kept}`;
}

function jobNumbers(jobs: readonly number[]): string {
  return `${jobs.length === 1 ? 'job' : 'jobs'} ${jobs.join(', ')}`;
}

function again(at: string | undefined): string {
  return at === undefined ? '' : `, looked at again ${formatTime(at)}`;
}

function thenText({ policy, more }: DeadlineNow): string {
  if (more === undefined) return policy === 'extend' || policy === 'reassign' ? THEN.attention : THEN[policy];
  const { byMs, people, left } = more;
  const often = left === 1 ? 'the last time' : `${left} times in all`;
  const given = people.length === 0 ? '' : `open jobs go to ${people.join(', ')}, and `;
  return `then ${given}people get ${formatDuration(byMs)} more, ${often}`;
}
