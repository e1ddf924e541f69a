import type { IterationActivities } from '../contracts/activities.ts';
import { reviewOfInput } from '../contracts/only-observed.ts';
import type { ReviewOptions, ReviewRecord } from '../contracts/waiting.ts';
import type { Cvat, Job } from '../cvat/cvat.ts';
import { isChangedLately } from '../waiting/changed-lately.ts';
import { nextHandOvers } from '../waiting/next-hand-overs.ts';
import { canCompareChanges, changedShapes, mostChanged } from '../waiting/pick-for-review.ts';
import { NO_REVIEW, recordBefore } from '../waiting/review-record.ts';
import { annotationJobs } from './annotation-jobs.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';

/** The jobs that are to be reviewed, where their changes decide and can be compared; else what is known. */
async function pickedJobs(
  cvat: Cvat,
  {
    jobs,
    options,
    record,
    isQuiet,
  }: { jobs: readonly Job[]; options: ReviewOptions; record: ReviewRecord; isQuiet: (job: Job) => boolean },
  signal: AbortSignal,
): Promise<ReviewRecord['picked']> {
  if (options.pick.kind !== 'mostChanged' || record.picked !== null || !canCompareChanges(jobs, isQuiet))
    return record.picked;
  const changes = new Map<number, number>();
  for (const { id } of jobs) changes.set(id, changedShapes(await cvat.jobAnnotations(id, signal)));
  return mostChanged(changes, options.pick.jobs);
}

/**
 * Decides which jobs go to whom, by what CVAT shows now. It changes nothing: who annotated a job has to be remembered
 * before the job leaves them, or a crash in between would forget whose it was.
 */
export function createPlanHandOver({ connect }: ActivityDependencies): IterationActivities['planHandOver'] {
  return durable(async ({ id, input, task, review }, { signal }) => {
    const { cvat } = connect(input.connection);
    const options = reviewOfInput(input);
    const known = review ?? NO_REVIEW;
    if (options === undefined) return { handOvers: [], review: known };
    const jobs = await annotationJobs(cvat, task, signal);
    const nowMs = await cvat.clock(signal);
    const isQuiet = (job: Job): boolean => !isChangedLately(job, { withinMs: input.seal.quietMs, nowMs });
    const picked = await pickedJobs(cvat, { jobs, options, record: known, isQuiet }, signal);
    const record = { ...known, picked };
    const { handOvers } = nextHandOvers(jobs, options, { iteration: id, record, isQuiet });
    return { handOvers, review: recordBefore(record, jobs, { handOvers, picked }) };
  });
}
