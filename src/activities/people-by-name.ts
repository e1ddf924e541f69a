import { MaskloopError } from '../contracts/error.ts';
import type { Cvat, Person } from '../cvat/cvat.ts';
import { missingText } from '../labels/missing-text.ts';
import { nearNames } from '../labels/near-names.ts';

/**
 * People by their exact user names, in an organization among its members: nobody else would see a job of it.
 *
 * @returns in the order of the names; CVAT is not asked where there are none
 * @throws MaskloopError `PersonNotFound`
 */
export async function peopleByName(
  cvat: Cvat,
  wanted: readonly string[],
  signal: AbortSignal,
): Promise<readonly Person[]> {
  if (wanted.length === 0) return [];
  const known = await cvat.people(signal);
  const byName = new Map(known.map((person) => [person.username, person]));
  const missing = wanted.filter((name) => !byName.has(name));
  if (missing.length > 0) {
    const names = known.map(({ username }) => username);
    const near = Object.fromEntries(missing.map((name) => [name, nearNames(name, names)]));
    throw new MaskloopError('PersonNotFound', `CVAT knows nobody named ${missingText(missing, near)}.`, {
      facts: { missing, near, known: names.slice(0, 100) },
    });
  }
  return wanted.flatMap((name) => byName.get(name) ?? []);
}

/** Ids of people by name, each once. @throws MaskloopError `PersonNotFound` */
export async function peopleIds(
  cvat: Cvat,
  wanted: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const people = await peopleByName(cvat, [...new Set(wanted)], signal);
  return new Map(people.map(({ id, username }) => [username, id]));
}
