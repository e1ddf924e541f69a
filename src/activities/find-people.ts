import type { IterationActivities } from '../contracts/activities.ts';
import { MaskloopError } from '../contracts/error.ts';
import { missingText } from '../labels/missing-text.ts';
import { nearNames } from '../labels/near-names.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';

/** Finds people by their exact user names, in an organization among its members: nobody else would see a job of it. */
export function createFindPeople({ connect }: ActivityDependencies): IterationActivities['findPeople'] {
  return durable(async ({ input }, { signal }) => {
    const known = await connect(input.connection).cvat.people(signal);
    const byName = new Map(known.map((person) => [person.username, person]));
    const missing = input.people.filter((name) => !byName.has(name));
    if (missing.length > 0) {
      const names = known.map(({ username }) => username);
      const near = Object.fromEntries(missing.map((name) => [name, nearNames(name, names)]));
      throw new MaskloopError('PersonNotFound', `CVAT knows nobody named ${missingText(missing, near)}.`, {
        facts: { missing, near, known: names.slice(0, 100) },
      });
    }
    return input.people.flatMap((name) => byName.get(name) ?? []);
  });
}
