import type { Job } from '../cvat/cvat.ts';
import { framesOfJobs } from './frames-of-jobs.ts';

/** A job that is given from one person to another. */
export interface JobShare {
  readonly job: number;
  /** User name of whom it is; null for nobody. */
  readonly from: string | null;
  readonly to: string;
}

/** True for a job that somebody still annotates: in that stage and not completed, whatever the iteration waits for. */
export function isBeingAnnotated({ stage, state }: Pick<Job, 'stage' | 'state'>): boolean {
  return stage === 'annotation' && state !== 'completed';
}

/**
 * Shares the jobs that are still annotated, of people who are not named, out among those who are: in the order of their
 * frames, each to the person who has the fewest such frames by then; the one named first where it is equal. Jobs that a named
 * person has stay theirs; finished work and reviews stay where they are.
 *
 * @param isBusy true for jobs that stay with whom they are for now
 */
export function shareOpenJobs(
  jobs: readonly Job[],
  people: readonly string[],
  isBusy: (job: Job) => boolean,
): readonly JobShare[] {
  const open = jobs.filter(isBeingAnnotated);
  const load = new Map(people.map((name) => [name, framesOfJobs(open.filter(hasPerson(name)), []).size]));
  const others = open.filter((job) => (job.assignee === null || !load.has(job.assignee)) && !isBusy(job));
  const shares: JobShare[] = [];
  for (const job of others.toSorted((a, b) => a.startFrame - b.startFrame || a.id - b.id)) {
    const [to] = people.toSorted((a, b) => (load.get(a) ?? 0) - (load.get(b) ?? 0));
    if (to === undefined) return [];
    load.set(to, (load.get(to) ?? 0) + framesOfJobs([job], []).size);
    shares.push({ job: job.id, from: job.assignee, to });
  }
  return shares;
}

function hasPerson(name: string): (job: Pick<Job, 'assignee'>) => boolean {
  return ({ assignee }) => assignee === name;
}
