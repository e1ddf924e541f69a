import type { Job } from '../cvat/cvat.ts';

/**
 * True for a job that CVAT stored a change of less than so long ago. A change in the future, as clocks that disagree show
 * it, counts as one of this moment.
 *
 * @param options `withinMs`: milliseconds; `nowMs`: milliseconds since 1970 by CVAT's clock
 */
export function isChangedLately(
  { updatedAt }: Pick<Job, 'updatedAt'>,
  { withinMs, nowMs }: { readonly withinMs: number; readonly nowMs: number },
): boolean {
  return Math.max(0, nowMs - Date.parse(updatedAt)) < withinMs;
}
