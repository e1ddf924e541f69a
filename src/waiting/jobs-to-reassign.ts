import type { CompletionRule, Reassignment, ReviewRecord } from '../contracts/waiting.ts';
import type { Job } from '../cvat/cvat.ts';
import { isComplete } from './complete-job.ts';
import { NO_REVIEW, personOf } from './review-record.ts';

/**
 * The open jobs that a request means: those of one person, or one of them. A job in review is never given to its
 * annotator.
 */
export function jobsToReassign(
  jobs: readonly Job[],
  { from, to, job: only }: Reassignment,
  { rule, review }: { rule: CompletionRule; review: ReviewRecord | null },
): readonly Job[] {
  const { annotators } = review ?? NO_REVIEW;
  return jobs.filter((job) => {
    if (isComplete(job, rule) || job.assignee !== from || (only !== null && job.id !== only)) return false;
    return job.stage === 'annotation' || personOf(annotators, job.id) !== to;
  });
}
