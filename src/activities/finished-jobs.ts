import type { ForIteration } from '../contracts/iteration.ts';
import type { Sealed } from '../contracts/activities.ts';
import { MaskloopError } from '../contracts/error.ts';
import { reviewOfInput } from '../contracts/only-observed.ts';
import type { FinishedJob } from '../collect/frame-states.ts';
import type { Cvat, Job } from '../cvat/cvat.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { isComplete } from '../waiting/complete-job.ts';
import { heldBack } from '../waiting/held-back.ts';
import { NO_REVIEW } from '../waiting/review-record.ts';
import { numbersOf } from '../contracts/ranges.ts';
import { annotationJobs } from './annotation-jobs.ts';
import { allRanges } from './kept-ranges.ts';
import { failureFrom } from './to-failure.ts';

/**
 * The annotation jobs, each complete or one that the iteration goes on without. What the wait ended with holds: a job that
 * was told to be unfinished stays so, whatever became of it since, and one whose review is not over is not complete.
 *
 * @throws the failure `TaskReopened`, not to be retried here, if another one is open: the iteration waits for people
 *   again; MaskloopError `TaskGone`, `TaskMoved`, `JobsMissing`
 */
export async function finishedJobs(
  { cvat, store }: { readonly cvat: Cvat; readonly store: ArtifactStore },
  { id: iteration, input, task, completion, review }: ForIteration & Sealed,
  signal: AbortSignal,
): Promise<readonly (Job & FinishedJob)[]> {
  const jobs = await annotationJobs(cvat, task, signal);
  const { unfinished = [], unfinishedMore } = completion ?? {};
  const given = new Set(numbersOf(await allRanges(store, { first: unfinished, more: unfinishedMore })));
  const isHeldBack = heldBack(reviewOfInput(input), {
    record: review ?? NO_REVIEW,
    iteration,
    // Without knowing which jobs are to be reviewed the wait ends early only at its deadline.
    isOverdue: completion?.why !== undefined,
  });
  const isDone = (job: Job): boolean => isComplete(job, input.completion.rule) && !isHeldBack(job);
  const judged = jobs.map((job) => ({ ...job, complete: isDone(job) && !given.has(job.id) }));
  const open = judged.filter(({ id, complete }) => !complete && !given.has(id));
  if (open.length === 0) return judged;
  const reopened = new MaskloopError(
    'TaskReopened',
    `${open.length} of ${jobs.length} jobs were reopened: ${task.url}`,
    {
      facts: { url: task.url, jobs: open.map(({ id }) => id).slice(0, 20) },
    },
  );
  throw failureFrom(reopened, true);
}
