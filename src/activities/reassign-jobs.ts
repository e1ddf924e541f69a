import type { IterationActivities } from '../contracts/activities.ts';
import { MaskloopError } from '../contracts/error.ts';
import { jobsToReassign } from '../waiting/jobs-to-reassign.ts';
import { annotationJobs } from './annotation-jobs.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { peopleIds } from './people-by-name.ts';

/** Ids that are told; the jobs beyond are given all the same. */
const MOST_TOLD = 1000;

/**
 * Gives open jobs of one person to another; stage and state stay. A further try finds only those that are left, so that
 * what an earlier one did is not told again.
 */
export function createReassignJobs({ connect }: ActivityDependencies): IterationActivities['reassignJobs'] {
  return durable(async ({ input, task, reassignment, review }, { signal, attempt }) => {
    const { cvat } = connect(input.connection);
    const { from, to, job } = reassignment;
    const ids = await peopleIds(cvat, [to], signal);
    const jobs = await annotationJobs(cvat, task, signal);
    const meant = jobsToReassign(jobs, reassignment, { rule: input.completion.rule, review });
    if (meant.length === 0 && attempt === 1) {
      const which = job === null ? 'no open job' : `no open job ${job}`;
      throw new MaskloopError('NoOpenJobs', `${from} has ${which} in ${task.url} that ${to} may have.`, {
        facts: { task: task.taskId, url: task.url, from, to, job },
      });
    }
    const given: number[] = [];
    for (const { id } of meant) {
      // Somebody may have given it to a third person meanwhile.
      if ((await cvat.job(id, signal)).assignee !== from) continue;
      await cvat.updateJob(id, { assignee: ids.get(to) ?? null }, signal);
      given.push(id);
    }
    return { jobs: given.slice(0, MOST_TOLD) };
  });
}
