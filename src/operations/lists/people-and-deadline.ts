import { z } from 'zod';
import { PEOPLE_SETTINGS } from '../../contracts/comparison.ts';
import { SOMEBODY } from '../../receipts/unnamed-assignment.ts';

/** What a list needs of an input beyond the index; what cannot be read is as if it were not given. */
export const watchedInput = z.object({
  people: z.array(z.string()).catch([]),
  tellPeople: z.enum(PEOPLE_SETTINGS).catch('none'),
  completion: z.object({ deadline: z.object({ at: z.string() }).optional() }).catch({}),
  review: z
    .object({ reviewers: z.array(z.string()) })
    .optional()
    .catch(undefined),
});
export type WatchedInput = z.output<typeof watchedInput>;

/** What a list needs of results. */
interface WatchedResults {
  readonly assignment?: { readonly people: readonly { readonly username: string }[] } | undefined;
}

/**
 * User names in CVAT of those who were to annotate, were given jobs, or review them; each once, sorted. Where people are not to be named there is
 * somebody, and no filter finds out who.
 */
export function peopleOf(input: WatchedInput | null, results: WatchedResults | undefined): readonly string[] {
  const assigned = results?.assignment?.people.map(({ username }) => username) ?? [];
  const all = [...(input?.people ?? []), ...assigned, ...(input?.review?.reviewers ?? [])];
  if (input?.tellPeople !== 'names') return all.length === 0 ? [] : [SOMEBODY];
  return [...new Set(all)].toSorted();
}

/** ISO time of the deadline that an input names; null for none. */
export function deadlineGiven(input: WatchedInput | null): string | null {
  return input?.completion.deadline?.at ?? null;
}
