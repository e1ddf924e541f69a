import type { IterationActivities } from '../contracts/activities.ts';
import { IDLE_BEFORE_SHARED_MS, type SharedJobs } from '../contracts/deadline.ts';
import type { Job } from '../cvat/cvat.ts';
import { isChangedLately } from '../waiting/changed-lately.ts';
import { framesOfJobs } from '../waiting/frames-of-jobs.ts';
import { isBeingAnnotated, shareOpenJobs } from '../waiting/share-open-jobs.ts';
import { annotationJobs } from './annotation-jobs.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { peopleIds } from './people-by-name.ts';

/** Ids that are told. */
const MOST_TOLD = 20;
/** Jobs are looked at again so long after a look at the least, in milliseconds. */
const LEAST_GAP_MS = 60_000;

/**
 * Gives the jobs that others still annotate to the people who are named; stage, state and what was drawn stay. Nothing is taken
 * from under an editor that is in use: what somebody changed lately stays with them, and is told. A further try finds in
 * the jobs themselves what this one did, and tells how the jobs lie, whoever gave them.
 */
export function createShareOpenJobs({ connect }: ActivityDependencies): IterationActivities['shareOpenJobs'] {
  return durable(async ({ input, task, people, idleMs = IDLE_BEFORE_SHARED_MS }, { signal, report }) => {
    const { cvat } = connect(input.connection);
    const nowMs = await cvat.clock(signal);
    // A job of nobody is taken from nobody.
    const isBusy = (job: Job): boolean => job.assignee !== null && isChangedLately(job, { withinMs: idleMs, nowMs });
    const ids = await peopleIds(cvat, people, signal);
    const shares = shareOpenJobs(await annotationJobs(cvat, task, signal), people, isBusy);
    for (const [index, { job, from, to }] of shares.entries()) {
      const now = await cvat.job(job, signal);
      // Somebody may have completed it, begun to work in it, or given it to a third person meanwhile.
      if (now.assignee === from && isBeingAnnotated(now) && !isBusy(now)) {
        await cvat.updateJob(job, { assignee: ids.get(to) ?? null }, signal);
      }
      report({ phase: 'assignment', done: index + 1, total: shares.length });
    }
    const open = (await annotationJobs(cvat, task, signal)).filter(isBeingAnnotated);
    const theirs = open.filter(({ assignee }) => assignee !== null && ids.has(assignee));
    const left = open.filter((job) => !theirs.includes(job) && isBusy(job));
    const shared = { jobs: theirs.length, frames: framesOfJobs(theirs, []).size, others: open.length - theirs.length };
    return { ...shared, ...leftBusy(left, idleMs) };
  });
}

/** Which jobs are left for now, and when the first of them may be given away. */
function leftBusy(left: readonly Job[], idleMs: number): Pick<SharedJobs, 'busy' | 'againAt'> {
  if (left.length === 0) return {};
  const idleAt = Math.min(...left.map(({ updatedAt }) => Date.parse(updatedAt))) + idleMs;
  const againAt = new Date(Math.max(idleAt, Date.now() + LEAST_GAP_MS)).toISOString();
  return { busy: left.slice(0, MOST_TOLD).map(({ id }) => id), againAt };
}
