import type { IterationActivities } from '../contracts/activities.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { peopleByName } from './people-by-name.ts';

/** Finds the people whom jobs are given to, by their exact user names. */
export function createFindPeople({ connect }: ActivityDependencies): IterationActivities['findPeople'] {
  return durable(async ({ input }, { signal }) => peopleByName(connect(input.connection).cvat, input.people, signal));
}
