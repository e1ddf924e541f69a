import type { HandOver, ReviewRecord } from '../contracts/waiting.ts';
import type { Job } from '../cvat/cvat.ts';

export const NO_REVIEW: ReviewRecord = { annotators: {}, reviewers: {}, picked: null };

/** Stands in a record for the annotator of a job that was nobody's. */
export const NOBODY = '';

type ByPerson = ReviewRecord['annotators'];

/** Whose a job is by a record; null if it is not in it. */
export function personOf(byPerson: ByPerson, job: number): string | null {
  return Object.keys(byPerson).find((name) => byPerson[name]?.includes(job) === true) ?? null;
}

/** The record with a job given to a person. */
export function withPerson(byPerson: ByPerson, job: number, name: string): ByPerson {
  const others = withoutJobs(byPerson, (id) => id === job);
  return { ...others, [name]: [...(others[name] ?? []), job] };
}

/** The record without some jobs, and without people who have none left. */
export function withoutJobs(byPerson: ByPerson, isDropped: (job: number) => boolean): ByPerson {
  const kept = Object.entries(byPerson).map(([name, jobs]) => [name, jobs.filter((id) => !isDropped(id))] as const);
  return Object.fromEntries(kept.filter(([, jobs]) => jobs.length > 0));
}

/** How many jobs a record tells of. */
export function recordedJobs({ annotators }: ReviewRecord): number {
  return Object.values(annotators).reduce((sum, jobs) => sum + jobs.length, 0);
}

/** The record as it has to be before the hand-overs happen; jobs that are accepted or gone are forgotten. */
export function recordBefore(
  record: ReviewRecord,
  jobs: readonly Job[],
  { handOvers, picked }: { handOvers: readonly HandOver[]; picked: ReviewRecord['picked'] },
): ReviewRecord {
  const open = new Map(jobs.filter((job) => !isAccepted(job)).map((job) => [job.id, job]));
  const isForgotten = (job: number): boolean => !open.has(job);
  let annotators = withoutJobs(record.annotators, isForgotten);
  let reviewers = withoutJobs(record.reviewers, isForgotten);
  for (const { job, what, to } of handOvers) {
    if (what !== 'to review' || to === null) continue;
    annotators = withPerson(annotators, job, open.get(job)?.assignee ?? personOf(annotators, job) ?? NOBODY);
    reviewers = withPerson(reviewers, job, to);
  }
  return { annotators, reviewers, picked };
}

function isAccepted({ stage, state }: Job): boolean {
  return stage === 'acceptance' && state === 'completed';
}
