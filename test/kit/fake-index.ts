import type { IterationIndex } from '../../src/operations/lists/iteration-index.ts';
import type { PeopleOfIteration, PeopleRegister } from '../../src/operations/people/people-register.ts';

/** A list of iterations with nothing in it, but for what a test gives. */
export function fakeIndex(changes: Partial<IterationIndex> = {}): IterationIndex {
  return {
    page: async () => ({ iterations: [], next: null, truncated: false }),
    warm: async () => undefined,
    running: async () => [],
    known: async () => [],
    ...changes,
  };
}

/** People of whom nothing is known, all of whom may be told, unless a test says otherwise of an iteration. */
export function fakePeople(of: (id: string) => PeopleOfIteration | undefined = () => undefined): PeopleRegister {
  return { of: async (id) => of(id) ?? { tells: 'names', names: [], leads: [] }, saw: () => undefined };
}
