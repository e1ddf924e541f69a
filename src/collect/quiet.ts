/** The newest of CVAT's times of change. @returns ISO time; that of 1970 for no job */
export function newestChange(jobs: readonly { readonly updatedAt: string }[]): string {
  return jobs.reduce(
    (newest, { updatedAt }) => (Date.parse(updatedAt) > Date.parse(newest) ? updatedAt : newest),
    new Date(0).toISOString(),
  );
}

/**
 * How long it takes until nobody has changed a job for the quiet period, in milliseconds; 0 when that is over. A change
 * in the future, as clocks that disagree show it, counts as one of this moment.
 *
 * @param now milliseconds since 1970 by the clock that wrote the times
 */
export function remainingQuietMs(lastEditAt: string, now: number, quietMs: number): number {
  const passedMs = Math.max(0, now - Date.parse(lastEditAt));
  return Math.max(0, quietMs - passedMs);
}
