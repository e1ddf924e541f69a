import type { FailureCode } from '../../contracts/failures.ts';
import { isMaskloopError } from '../../contracts/error.ts';
import type { JobSeen, JobsRequest, TaskJobs } from '../../contracts/look.ts';
import type { Cvat } from '../../cvat/cvat.ts';
import { eachAtOnce } from '../../storage/each-at-once.ts';
import type { EditsOfJobs } from './edits-of-jobs.ts';

interface Looking {
  readonly edits: EditsOfJobs;
  readonly signal: AbortSignal;
}

/** CVAT is away, or lets nobody in: it does not depend on the task. */
const OF_THE_SERVER: readonly FailureCode[] = ['CvatUnreachable', 'CvatLoginRefused'];

/**
 * The annotation jobs of tasks, in the order of the request. A task that is gone is told as such; the others are not kept from the caller.
 *
 * @throws MaskloopError `CvatUnreachable`, `CvatLoginRefused`
 */
export async function jobsOfTasks(
  cvat: Cvat,
  { tasks, withEdits }: JobsRequest,
  looking: Looking,
): Promise<readonly TaskJobs[]> {
  const found = new Map<number, TaskJobs>();
  await eachAtOnce(tasks, looking.signal, async (taskId, _index, stop) => {
    try {
      const jobs = await jobsOfTask(cvat, taskId, { withEdits, edits: looking.edits, signal: stop });
      found.set(taskId, { taskId, jobs, failure: null });
    } catch (error) {
      if (!isMaskloopError(error) || OF_THE_SERVER.includes(error.code)) throw error;
      found.set(taskId, { taskId, jobs: [], failure: { code: error.code, message: error.message } });
    }
  });
  return tasks.flatMap((taskId) => found.get(taskId) ?? []);
}

async function jobsOfTask(
  cvat: Cvat,
  taskId: number,
  { withEdits, edits, signal }: Looking & { readonly withEdits: boolean },
): Promise<readonly JobSeen[]> {
  const listed = await cvat.jobs(taskId, { type: 'annotation', signal });
  // CVAT lists nothing, without an error, of a task that is gone.
  if (listed.length === 0) await cvat.getTask(taskId, signal);
  const issues = await openIssues(cvat, taskId, signal);
  const seen: JobSeen[] = [];
  for (const job of listed.filter(({ parentJobId }) => parentJobId === null)) {
    seen.push({
      job: job.id,
      person: job.assignee,
      stage: job.stage,
      state: job.state,
      frames: [job.startFrame, job.stopFrame],
      updatedAt: job.updatedAt,
      openIssues: issues === null ? null : issues.filter(({ jobId }) => jobId === job.id).length,
      isUntouched: withEdits ? await edits(cvat, job, signal) : null,
    });
  }
  return seen;
}

/** Null for a login that may not read them. */
async function openIssues(cvat: Cvat, taskId: number, signal: AbortSignal) {
  try {
    return await cvat.openIssues(taskId, signal);
  } catch (error) {
    if (isMaskloopError(error, 'CvatForbidden') || isMaskloopError(error, 'CvatRejected')) return null;
    throw error;
  }
}
