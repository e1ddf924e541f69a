/** The newest of CVAT's times of change. @returns ISO time; that of 1970 for no job */
export function newestChange(jobs: readonly { readonly updatedAt: string }[]): string {
  return jobs.reduce(
    (newest, { updatedAt }) => (isNewer(updatedAt, newest) ? updatedAt : newest),
    new Date(0).toISOString(),
  );
}

/** CVAT leaves out a fraction of zero, so that texts do not compare; and its times have microseconds, which numbers lose. */
function isNewer(one: string, other: string): boolean {
  const laterMs = Date.parse(one) - Date.parse(other);
  return laterMs > 0 || (laterMs === 0 && one > other);
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
