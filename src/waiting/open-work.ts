import type { Job } from '../cvat/cvat.ts';
import { framesOfJobs } from './frames-of-jobs.ts';

/** What one person has still to do. */
export interface OpenShare {
  /** User name; null for jobs that are nobody's. */
  readonly who: string | null;
  readonly jobs: number;
  /** Each once, without deleted ones. */
  readonly frames: number;
}

export interface OpenWork {
  /** Most frames first. */
  readonly people: readonly OpenShare[];
  /** Open jobs that somebody has rejected, ascending. */
  readonly rejected: readonly number[];
}

/** Open jobs by the person who has them. */
export function openWork(open: readonly Job[], deletedFrames: readonly number[]): OpenWork {
  const byPerson = new Map<string | null, Job[]>();
  for (const job of open) byPerson.set(job.assignee, [...(byPerson.get(job.assignee) ?? []), job]);
  const people = [...byPerson].map(([who, jobs]) => ({
    who,
    jobs: jobs.length,
    frames: framesOfJobs(jobs, deletedFrames).size,
  }));
  return {
    people: people.toSorted((a, b) => b.frames - a.frames || (a.who ?? '').localeCompare(b.who ?? '')),
    rejected: open
      .filter(({ state }) => state === 'rejected')
      .map(({ id }) => id)
      .toSorted((a, b) => a - b),
  };
}
