import type { AssignmentRef } from '../contracts/refs.ts';

/** Stands for every annotator and reviewer who is not to be told. Numbers as in the comparison would tell whose those are. */
export const SOMEBODY = 'somebody';

/** Whom jobs were given to, as one: who has how many would tell people apart. */
export function unnamedAssignment({ people, others }: AssignmentRef): AssignmentRef {
  if (people.length === 0) return { people, others };
  const sum = (count: 'frames' | 'jobs'): number => people.reduce((all, person) => all + person[count], 0);
  return { people: [{ username: SOMEBODY, jobs: sum('jobs'), frames: sum('frames') }], others };
}
