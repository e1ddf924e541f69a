import { iterationWords } from '../../words/iteration-words.ts';
import type { Job } from './board.ts';
import type { People } from './who.ts';

/** Jobs that one request may give away. */
export const MOST_JOBS = 200;

/** A job under a name that is unique. */
export function jobKey({ id, job }: Pick<Job, 'id' | 'job'>): string {
  return `${id} ${job}`;
}

/** True for a job that can be given to somebody else: it is open, and somebody has it as far as is told. */
export function canBeGiven({ id, isComplete, person }: Job, people: People): boolean {
  return !isComplete && (person !== null || people.get(id) === 'none');
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
