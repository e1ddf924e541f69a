import { MaskloopError } from '../contracts/error.ts';
import type { TaskRef } from '../contracts/refs.ts';
import type { Job } from '../cvat/cvat.ts';
import { isNew } from './job-plan.ts';

/**
 * The refusal to import into jobs that somebody has begun. An import leaves the state of jobs as it is: into completed
 * ones it would put shapes that nobody has looked at, and they would count as final.
 */
export function jobsStarted({ taskId, url }: Pick<TaskRef, 'taskId' | 'url'>, jobs: readonly Job[]): MaskloopError {
  const begun = jobs.filter((job) => !isNew(job));
  const shown = begun.slice(0, 20).map(({ id, stage, state, assignee }) => ({ job: id, stage, state, assignee }));
  return new MaskloopError('JobsStarted', `${begun.length} of ${jobs.length} jobs of ${url} are no longer new.`, {
    facts: { task: taskId, url, jobs: shown },
  });
}
