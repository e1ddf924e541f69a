/**
 * What becomes of a failure inside an iteration.
 *
 * - `attention`: a person has to decide; the step is not retried by itself.
 * - `outage`: a server or the store is away; it is retried with growing delay until it heals.
 * - `pending`: nothing is wrong, the thing waited for has not happened yet.
 * - `refused`: the request of the caller cannot be carried out; it never reaches an iteration.
 */
export type Handling = 'attention' | 'outage' | 'pending' | 'refused';

export interface FailureEntry {
  readonly handling: Handling;
  /** One sentence: what happened. */
  readonly meaning: string;
  /** One sentence: what a person can do about it. */
  readonly action: string;
}

/** One row of the catalogue. */
export function entry<H extends Handling>(
  handling: H,
  meaning: string,
  action: string,
): FailureEntry & { handling: H } {
  return { handling, meaning, action };
}
