import type { FailureCode } from '../../contracts/failures.ts';
import { isMaskloopError } from '../../contracts/error.ts';
import type { JobSeen, JobsRequest, TaskJobs } from '../../contracts/look.ts';
import type { Cvat } from '../../cvat/cvat.ts';
import { eachAtOnce } from '../../storage/each-at-once.ts';
import type { EditsOfJobs } from './edits-of-jobs.ts';

/** So long the look at one task may take, and at all of them together, in milliseconds. */
export interface LookLimits {
  readonly taskMs: number;
  readonly allMs: number;
}

/** Somebody waits at a page. */
export const LOOK_LIMITS: LookLimits = { taskMs: 20_000, allMs: 60_000 };

interface Looking {
  readonly edits: EditsOfJobs;
  readonly signal: AbortSignal;
}

/** CVAT is away, or lets nobody in: it does not depend on the task. */
const OF_THE_SERVER: readonly FailureCode[] = ['CvatUnreachable', 'CvatLoginRefused'];

/**
 * The annotation jobs of tasks, in the order of the request. A task that is gone, or takes too long, is told as such; the others are not kept
 * from the caller.
 *
 * @throws MaskloopError `CvatUnreachable`, `CvatLoginRefused`
 */
export async function jobsOfTasks(
  cvat: Cvat,
  { tasks, withEdits }: JobsRequest,
  { limits, ...looking }: Looking & { readonly limits: LookLimits },
): Promise<readonly TaskJobs[]> {
  const found = new Map<number, TaskJobs>();
  const all = AbortSignal.timeout(limits.allMs);
  await eachAtOnce(tasks, looking.signal, async (taskId, _index, stop) => {
    const late = AbortSignal.any([all, AbortSignal.timeout(limits.taskMs)]);
    try {
      const signal = AbortSignal.any([stop, late]);
      signal.throwIfAborted();
      const jobs = await jobsOfTask(cvat, taskId, { withEdits, edits: looking.edits, signal });
      found.set(taskId, { taskId, jobs, failure: null });
    } catch (error) {
      const failure = stop.aborted ? null : late.aborted ? tooSlow(taskId, limits) : ofTheTask(error);
      if (failure === null) throw error;
      found.set(taskId, { taskId, jobs: [], failure });
    }
  });
  return tasks.flatMap((taskId) => found.get(taskId) ?? []);
}

function tooSlow(taskId: number, { taskMs, allMs }: LookLimits): NonNullable<TaskJobs['failure']> {
  const limits = `${taskMs / 1000} s for a task, ${allMs / 1000} s for all`;
  return { code: 'AnswerTooSlow', message: `CVAT has not told of task ${taskId} in time (${limits}).` };
}

/** Null for what does not depend on the task, and for defects. */
function ofTheTask(error: unknown): TaskJobs['failure'] {
  if (!isMaskloopError(error) || OF_THE_SERVER.includes(error.code)) return null;
  return { code: error.code, message: error.message };
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
