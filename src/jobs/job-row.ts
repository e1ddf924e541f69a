import { namePeople } from '../collect/compare/name-people.ts';
import type { PeopleSetting } from '../contracts/comparison.ts';
import type { JobSeen } from '../contracts/look.ts';
import { holds, type Ranges } from '../contracts/ranges.ts';
import type { CompletionRule } from '../contracts/waiting.ts';
import { isComplete } from '../waiting/complete-job.ts';
import { fastestPossible } from './fastest-possible.ts';

/** A job as the lead's page shows it. */
export interface JobRow extends Omit<JobSeen, 'isUntouched'> {
  /** Of the iteration. */
  readonly id: string;
  /** In CVAT, for people. */
  readonly url: string;
  /** By the `people` setting of the iteration: a user name, `person 2`, or null; null as well for a job that nobody has. */
  readonly person: string | null;
  readonly frameCount: number;
  readonly isComplete: boolean;
  readonly isOverdue: boolean;
  readonly isRejected: boolean;
  /** Completed once, and no longer. */
  readonly isReopened: boolean;
  /** Completed without an edit, and in no more than {@link FAST_MS} a frame; null where that is not known. */
  readonly isUntouchedFast: boolean | null;
}

/** Whoever looks at a frame at all takes longer, in milliseconds. */
export const FAST_MS = 3000;

/** The iteration that jobs belong to. */
export interface JobsOf {
  readonly id: string;
  readonly taskUrl: string;
  readonly people: PeopleSetting;
  readonly rule: CompletionRule;
  /** ISO time; null for none. */
  readonly deadline: string | null;
  readonly reopened: Ranges;
}

/** The rows of the jobs of one task, in their order. @param nowMs milliseconds since 1970 */
export function jobRows(
  jobs: readonly JobSeen[],
  { id, taskUrl, people, rule, deadline, reopened }: JobsOf,
  nowMs: number,
): readonly JobRow[] {
  const nameOf = namePeople(
    jobs.map(({ person }) => person),
    people,
  );
  const fastest = fastestPossible(jobs);
  const isPast = deadline !== null && Date.parse(deadline) <= nowMs;
  return jobs.map(({ isUntouched, ...job }) => {
    const complete = isComplete(job, rule);
    const frameCount = job.frames[1] - job.frames[0] + 1;
    const tookMs = fastest.get(job.job) ?? null;
    return {
      ...job,
      id,
      url: `${taskUrl}/jobs/${job.job}`,
      person: nameOf?.(job.person) ?? null,
      frameCount,
      isComplete: complete,
      isOverdue: isPast && !complete,
      isRejected: job.state === 'rejected',
      isReopened: !complete && holds(reopened, job.job),
      isUntouchedFast: isUntouched === null || tookMs === null ? null : isUntouched && tookMs <= FAST_MS * frameCount,
    };
  });
}
