import type { IterationActivities } from '../contracts/activities.ts';
import { reviewOfInput } from '../contracts/only-observed.ts';
import { isComplete } from '../waiting/complete-job.ts';
import { framesOfJobs } from '../waiting/frames-of-jobs.ts';
import { shareOpenJobs } from '../waiting/share-open-jobs.ts';
import { annotationJobs } from './annotation-jobs.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { peopleIds } from './people-by-name.ts';

/**
 * Gives the open jobs of others to the people who are named; stage, state and what was drawn stay. A further try finds in
 * the jobs themselves what this one did, and tells how the jobs lie, whoever gave them.
 */
export function createShareOpenJobs({ connect }: ActivityDependencies): IterationActivities['shareOpenJobs'] {
  return durable(async ({ input, task, people }, { signal, report }) => {
    const { cvat } = connect(input.connection);
    const { rule } = input.completion;
    const ids = await peopleIds(cvat, people, signal);
    const inReview = reviewOfInput(input) !== undefined;
    const shares = shareOpenJobs(await annotationJobs(cvat, task, signal), people, { rule, inReview });
    for (const [index, { job, from, to }] of shares.entries()) {
      const now = await cvat.job(job, signal);
      // Somebody may have completed it, or given it to a third person meanwhile.
      if (now.assignee === from && !isComplete(now, rule)) {
        await cvat.updateJob(job, { assignee: ids.get(to) ?? null }, signal);
      }
      report({ phase: 'assignment', done: index + 1, total: shares.length });
    }
    const open = (await annotationJobs(cvat, task, signal)).filter((job) => !isComplete(job, rule));
    const theirs = open.filter(({ assignee }) => assignee !== null && ids.has(assignee));
    return { jobs: theirs.length, frames: framesOfJobs(theirs, []).size, others: open.length - theirs.length };
  });
}
