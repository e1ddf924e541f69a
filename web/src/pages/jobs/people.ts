import type { Board, Job } from './board.ts';
import { peopleOf, whoHas, whoKey, type Who } from './who.ts';

/** The jobs of one person. */
export interface PersonJobs {
  readonly who: Who;
  readonly jobs: readonly Job[];
}

/** Jobs by person: those with the most open ones first, nobody last. */
export function jobsByPerson({ iterations, jobs }: Pick<Board, 'iterations' | 'jobs'>): readonly PersonJobs[] {
  const people = peopleOf(iterations);
  const groups = new Map<string, { readonly who: Who; readonly jobs: Job[] }>();
  for (const job of jobs) {
    const who = whoHas(job, people);
    const group = groups.get(whoKey(who)) ?? { who, jobs: [] };
    group.jobs.push(job);
    groups.set(whoKey(who), group);
  }
  return [...groups.values()].toSorted(
    (a, b) => last(a) - last(b) || open(b) - open(a) || whoKey(a.who).localeCompare(whoKey(b.who)),
  );
}

const last = ({ who }: PersonJobs): number => (who.person === null ? 1 : 0);
const open = ({ jobs }: PersonJobs): number => jobs.filter(({ isComplete }) => !isComplete).length;
