import type { TaskRef } from '../contracts/refs.ts';
import type { Cvat, Job } from '../cvat/cvat.ts';
import { countedJobs, requirePlace } from '../waiting/counted-jobs.ts';

/**
 * The annotation jobs of the task where they have to be, never fewer than at upload: an empty list is not "all complete".
 *
 * @throws MaskloopError `TaskGone`, `TaskMoved`, `JobsMissing`, `CvatForbidden`
 */
export async function annotationJobs(cvat: Cvat, task: TaskRef, signal: AbortSignal): Promise<readonly Job[]> {
  const listed = await cvat.jobs(task.taskId, { type: 'annotation', signal });
  if (listed.length === 0) {
    // CVAT lists nothing, without an error, of a task that is gone, forbidden, or in another organization.
    const { projectId, organizationId } = await cvat.getTask(task.taskId, signal);
    requirePlace({ projectId, organizationId }, task);
  }
  return countedJobs(listed, task);
}
