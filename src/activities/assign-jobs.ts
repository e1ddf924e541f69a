import type { IterationActivities } from '../contracts/activities.ts';
import type { AssignmentRef, PersonRef } from '../contracts/refs.ts';
import type { Job } from '../cvat/cvat.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { shareOut } from './share-out.ts';

function summary(jobs: readonly Job[], people: readonly PersonRef[]): AssignmentRef {
  const named = new Set(people.map(({ username }) => username));
  return {
    people: people.map(({ username }) => {
      const own = jobs.filter(({ assignee }) => assignee === username);
      const frames = own.reduce((sum, { startFrame, stopFrame }) => sum + stopFrame - startFrame + 1, 0);
      return { username, jobs: own.length, frames };
    }),
    others: jobs.filter(({ assignee }) => assignee !== null && !named.has(assignee)).length,
  };
}

/**
 * Gives annotation jobs without an assignee to people. A further try finds what this one did in the jobs themselves; a job
 * that somebody has, whoever gave it to them, is never changed.
 */
export function createAssignJobs({ connect }: ActivityDependencies): IterationActivities['assignJobs'] {
  return durable(async ({ input, task, people }, { signal, report }) => {
    const { cvat } = connect(input.connection);
    const read = async (): Promise<readonly Job[]> => cvat.jobs(task.taskId, { type: 'annotation', signal });
    const shares = shareOut(await read(), people);
    for (const [index, { job, person }] of shares.entries()) {
      // Somebody may have taken it since the list was read.
      if ((await cvat.job(job, signal)).assignee === null) await cvat.updateJob(job, { assignee: person.id }, signal);
      report({ phase: 'assignment', done: index + 1, total: shares.length });
    }
    return summary(await read(), people);
  });
}
