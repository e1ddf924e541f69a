import { z } from 'zod';

/** What a list needs of an input beyond the index; what cannot be read is as if it were not given. */
export const watchedInput = z.object({
  people: z.array(z.string()).catch([]),
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

/** User names in CVAT of those who were to annotate, were given jobs, or review them; each once, sorted. */
export function peopleOf(input: WatchedInput | null, results: WatchedResults | undefined): readonly string[] {
  const assigned = results?.assignment?.people.map(({ username }) => username) ?? [];
  return [...new Set([...(input?.people ?? []), ...assigned, ...(input?.review?.reviewers ?? [])])].toSorted();
}

/** ISO time of the deadline that an input names; null for none. */
export function deadlineGiven(input: WatchedInput | null): string | null {
  return input?.completion.deadline?.at ?? null;
}
