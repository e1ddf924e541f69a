import type { ForIteration, Sealed } from '../contracts/activities.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { FinishedJob } from '../collect/frame-states.ts';
import type { Cvat, Job } from '../cvat/cvat.ts';
import { isComplete } from '../waiting/complete-job.ts';
import { annotationJobs } from './annotation-jobs.ts';
import { failureFrom } from './to-failure.ts';

/**
 * The annotation jobs, each complete or one that the iteration goes on without.
 *
 * @throws the failure `TaskReopened`, not to be retried here, if another one is open: the iteration waits for people
 *   again; MaskloopError `TaskGone`, `JobsMissing`
 */
export async function finishedJobs(
  cvat: Cvat,
  { input, task, completion }: ForIteration & Sealed,
  signal: AbortSignal,
): Promise<readonly (Job & FinishedJob)[]> {
  const jobs = await annotationJobs(cvat, task, signal);
  const given = new Set(completion?.unfinished ?? []);
  const judged = jobs.map((job) => ({ ...job, complete: isComplete(job, input.completion.rule) }));
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
