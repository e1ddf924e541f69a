import { iterationWords } from '../../words/iteration-words.ts';
import type { IterationOfJobs, Job } from './board.ts';

/** Jobs that one request may give away. */
export const MOST_JOBS = 200;

/** A job under a name that is unique. */
export function jobKey({ id, job }: Pick<Job, 'id' | 'job'>): string {
  return `${id} ${job}`;
}

/** Iterations whose jobs may be given away or not, by id. */
export type Givable = ReadonlyMap<string, Pick<IterationOfJobs, 'people' | 'isOnlyObserved'>>;

/** Why a job cannot be given to somebody else from here; null for one that can. */
export function whyNotGiven({ id, isComplete, person }: Job, iterations: Givable): string | null {
  const iteration = iterations.get(id);
  if (iteration?.isOnlyObserved === true) return ONLY_OBSERVED;
  if (isComplete) return COMPLETE;
  return person === null && iteration?.people !== 'none' ? NOBODYS : null;
}

export const ONLY_OBSERVED =
  'An iteration that only observes its task (--as-is) gives no job to anybody: do that in CVAT.';
const NOBODYS = 'A job that nobody has is given to somebody in CVAT.';
const COMPLETE = 'It is complete.';

/** Why some of the jobs cannot be chosen, a sentence for each reason; that one is complete is to be seen. */
export function whyNotAll(jobs: readonly Job[], iterations: Givable): readonly string[] {
  const reasons = jobs.flatMap((job) => whyNotGiven(job, iterations) ?? []);
  return [...new Set(reasons)].filter((reason) => reason !== COMPLETE);
}

/** What giving these jobs to somebody does, in words. */
export function givingWords(jobs: readonly Pick<Job, 'id'>[], to: string): string {
  const counts = new Map<string, number>();
  for (const { id } of jobs) counts.set(id, (counts.get(id) ?? 0) + 1);
  const places = [...counts].map(([id, count]) => `${count} of ${iterationWords(id)}`).join(', ');
  return (
    `In CVAT, ${to} becomes the assignee of ${jobsWords(jobs.length)}: ${places}. ` +
    'Their states, and what is drawn in them, stay as they are. Whoever had them sees them no more in their own list.'
  );
}

/** `1 job`, `3 jobs`. */
export function jobsWords(count: number): string {
  return `${count} job${count === 1 ? '' : 's'}`;
}
