import type { Facts } from '../contracts/error.ts';
import type { JobsSeen } from '../contracts/progress.ts';
import type { Counts } from './decide-completion.ts';
import { numbersOf } from '../contracts/ranges.ts';

/** Names and jobs that are listed one by one; what is beyond is counted. */
const MOST_LISTED = 8;

/** What is told of a look that found people at work. */
export interface PendingLook {
  readonly counts: Counts;
  readonly url: string;
  readonly reopened: JobsSeen['reopened'];
  readonly notes: readonly string[];
}

/** `1 of 4 jobs are completed (2 of 8 frames); open: ana 4 frames, nobody 2; job 7 was rejected: URL`. */
export function pendingText({ counts, url, reopened, notes }: PendingLook): string {
  const { jobs, completed, frames, completedFrames, open } = counts;
  const rejected = new Set(open.rejected);
  const again = numbersOf(reopened).filter((id) => !rejected.has(id));
  const parts = [
    `${completed} of ${jobs} jobs are completed (${completedFrames} of ${frames} frames)`,
    ...(open.people.length === 0 ? [] : [`open: ${peopleText(open.people)}`]),
    ...jobsText(open.rejected, 'rejected'),
    ...jobsText(again, 'reopened'),
    ...notes,
  ];
  return `${parts.join('; ')}: ${url}`;
}

/** The same for programs. */
export function pendingFacts({ counts, url, reopened, notes }: PendingLook): Facts {
  const { jobs, completed, frames, completedFrames, open } = counts;
  return {
    completed,
    jobs,
    completedFrames,
    frames,
    url,
    people: open.people.slice(0, MOST_LISTED).map((share) => ({ ...share })),
    rejected: open.rejected.slice(0, 20),
    reopened: numbersOf(reopened).slice(0, 20),
    notes: [...notes],
  };
}

function peopleText(people: Counts['open']['people']): string {
  const named = people.slice(0, MOST_LISTED).map(({ who, frames }, index) => {
    return `${who ?? 'nobody'} ${frames}${index > 0 ? '' : frames === 1 ? ' frame' : ' frames'}`;
  });
  const rest = people.length - named.length;
  return [...named, ...(rest === 0 ? [] : [`${rest} more people`])].join(', ');
}

function jobsText(ids: readonly number[], what: string): readonly string[] {
  if (ids.length === 0) return [];
  const named = ids.slice(0, MOST_LISTED).join(', ');
  const rest = ids.length > MOST_LISTED ? ` and ${ids.length - MOST_LISTED} more` : '';
  return [ids.length === 1 ? `job ${named} was ${what}` : `jobs ${named}${rest} were ${what}`];
}
