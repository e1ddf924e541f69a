import type { PersonRef } from '../contracts/refs.ts';
import type { Job } from '../cvat/cvat.ts';

/** A job and who is to get it. */
export interface Share {
  readonly job: number;
  readonly person: PersonRef;
}

/**
 * Shares jobs that nobody has out among people: in the order of their frames, each to the person who has the fewest
 * frames so far, what they have already included; the one named first where it is equal. Finished jobs are left alone.
 */
export function shareOut(
  jobs: readonly Pick<Job, 'id' | 'assignee' | 'state' | 'startFrame' | 'stopFrame'>[],
  people: readonly PersonRef[],
): readonly Share[] {
  const frames = new Map(people.map(({ username }) => [username, 0]));
  const add = (name: string, { startFrame, stopFrame }: (typeof jobs)[number]): void => {
    frames.set(name, (frames.get(name) ?? 0) + stopFrame - startFrame + 1);
  };
  for (const job of jobs) if (job.assignee !== null) add(job.assignee, job);
  const open = jobs.filter(({ assignee, state }) => assignee === null && state !== 'completed');
  const shares: Share[] = [];
  for (const job of open.toSorted((a, b) => a.startFrame - b.startFrame || a.id - b.id)) {
    const least = Math.min(...people.map(({ username }) => frames.get(username) ?? 0));
    const person = people.find(({ username }) => frames.get(username) === least);
    if (person === undefined) return [];
    add(person.username, job);
    shares.push({ job: job.id, person });
  }
  return shares;
}
