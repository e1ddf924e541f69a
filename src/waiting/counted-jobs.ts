import { MaskloopError } from '../contracts/error.ts';
import { holds, howMany, toRanges } from '../contracts/ranges.ts';
import type { TaskRef } from '../contracts/refs.ts';
import type { Job } from '../cvat/cvat.ts';

/** Where the task has to be. */
export type Place = Pick<Job, 'projectId' | 'organizationId'>;

/**
 * The jobs that count: those of type annotation, no ground truth and no replicas of consensus.
 *
 * @returns oldest first; never fewer than at upload, and all of those that were there then
 * @throws MaskloopError `JobsMissing` if there is none, or one of those at upload is gone; `TaskMoved` if they are in another
 *   project or organization
 */
export function countedJobs(listed: readonly Job[], task: TaskRef): readonly Job[] {
  const jobs = listed.filter(({ type, parentJobId }) => type === 'annotation' && parentJobId === null);
  for (const job of jobs) requirePlace(job, task);
  const atUpload = task.jobIds;
  const ids = toRanges(jobs.map(({ id }) => id));
  const gone = atUpload === undefined ? 0 : howMany(atUpload) - jobs.filter(({ id }) => holds(atUpload, id)).length;
  if (jobs.length >= task.jobs && jobs.length > 0 && gone === 0) return jobs;
  const others = gone > 0 && jobs.length >= task.jobs ? ', and these are others' : '';
  throw new MaskloopError(
    'JobsMissing',
    `Task ${task.taskId} (${task.url}) shows ${jobs.length} annotation jobs; there were ${task.jobs} at upload${others}.`,
    {
      facts: {
        task: task.taskId,
        url: task.url,
        jobsNow: jobs.length,
        jobsAtUpload: task.jobs,
        idsNow: ids.slice(0, 20).map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)),
      },
    },
  );
}

/**
 * The task is still where it was at upload.
 *
 * @throws MaskloopError `TaskMoved`
 */
export function requirePlace(now: Place, task: TaskRef): void {
  const { projectId, organizationId = now.organizationId } = task;
  if (now.projectId === projectId && now.organizationId === organizationId) return;
  const where = now.projectId === projectId ? `organization ${now.organizationId}` : `project ${now.projectId}`;
  const was = now.projectId === projectId ? `organization ${organizationId}` : `project ${projectId}`;
  throw new MaskloopError('TaskMoved', `Task ${task.taskId} (${task.url}) is in ${where} now; it was in ${was}.`, {
    facts: { task: task.taskId, url: task.url, ...now },
  });
}

/** Jobs that came after the upload; they are waited for like the others. Empty where the upload noted no ids. */
export function addedJobs(jobs: readonly Job[], task: TaskRef): readonly number[] {
  const { jobIds } = task;
  return jobIds === undefined ? [] : jobs.filter(({ id }) => !holds(jobIds, id)).map(({ id }) => id);
}
