import type { DeadlineNow, LastPolicy } from '../../../../../src/contracts/deadline.ts';
import { formatDuration } from '../../../../../src/notation/duration-words.ts';
import { formatTime } from '../../../time/format-time.ts';

const THEN: Readonly<Record<LastPolicy, string>> = {
  attention: 'then somebody decides',
  continue: 'then it goes on with the completed jobs',
  carry: 'then it goes on with the completed jobs and lists the other frames',
};

/** Until when people have time, and what happens then. */
export function deadlineText({ at, policy, more }: DeadlineNow): string {
  if (more === undefined) {
    const then = policy === 'extend' || policy === 'reassign' ? THEN.attention : THEN[policy];
    return `${formatTime(at)}; ${then}`;
  }
  const given = more.people.length === 0 ? '' : `open jobs go to ${more.people.join(', ')}, and `;
  return `${formatTime(at)}; then ${given}people get ${formatDuration(more.byMs)} more (${more.left} times still)`;
}
