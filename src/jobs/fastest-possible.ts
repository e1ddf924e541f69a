import type { JobSeen } from '../contracts/look.ts';

/**
 * The most time that people can have spent on completed jobs, in milliseconds by job: what passed since the same person changed another
 * job last. CVAT notes when a job was changed, not when somebody began with it, so the first job of a person has none.
 */
export function fastestPossible(
  jobs: readonly Pick<JobSeen, 'job' | 'person' | 'state' | 'updatedAt'>[],
): ReadonlyMap<number, number> {
  const times = new Map<number, number>();
  const before = new Map<string, number>();
  for (const { job, person, state, updatedAt } of jobs.toSorted((a, b) => at(a) - at(b))) {
    if (person === null || state !== 'completed') continue;
    const last = before.get(person);
    if (last !== undefined) times.set(job, Date.parse(updatedAt) - last);
    before.set(person, Date.parse(updatedAt));
  }
  return times;
}

function at({ updatedAt }: Pick<JobSeen, 'updatedAt'>): number {
  return Date.parse(updatedAt);
}
