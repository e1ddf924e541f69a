import type { IterationOfJobs, Job } from './board.ts';

/**
 * Somebody as the page may know them. `of` is null for a user name, which means the same person everywhere; else the iteration that the
 * pseudonym is of. `person` is null for nobody, and for people who are not told apart.
 */
export interface Who {
  readonly person: string | null;
  readonly of: string | null;
}

/** The `people` settings of iterations, by id. */
export type People = ReadonlyMap<string, IterationOfJobs['people']>;

/** Who has a job, by the setting of its iteration. */
export function whoHas({ id, person }: Job, people: People): Who {
  return { person, of: people.get(id) === 'names' ? null : id };
}

/** True if both are the same person. Iterations with pseudonyms have different people by the same one. */
export function isSame(a: Who, b: Who): boolean {
  return a.person === b.person && a.of === b.of;
}

/** Somebody under a name that is unique, also for an address. Neither user names nor ids of iterations hold a space. */
export function whoKey({ person, of }: Who): string {
  return of === null ? (person ?? '') : `${of} ${person ?? ''}`;
}

/** How people of these iterations are told apart. */
export function peopleOf(iterations: readonly IterationOfJobs[]): People {
  return new Map(iterations.map(({ id, people }) => [id, people]));
}
