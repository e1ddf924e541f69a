import type { ReviewOptions, ReviewRecord } from '../contracts/waiting.ts';
import type { Job } from '../cvat/cvat.ts';
import { isPicked } from './pick-for-review.ts';

/**
 * Tells of a job that looks complete whether its review is not decided or not over.
 *
 * @param options undefined where no review takes place: then no job is held back
 * @param isOverdue true once the last deadline has passed; where the jobs with the most changes are not known by then, no
 *   review takes place
 */
export function heldBack(
  options: ReviewOptions | undefined,
  { record, iteration, isOverdue }: { record: ReviewRecord; iteration: string; isOverdue: boolean },
): (job: Pick<Job, 'id' | 'stage'>) => boolean {
  if (options === undefined) return () => false;
  return ({ id, stage }) =>
    stage === 'annotation' && (isPicked(options.pick, record, { iteration, job: id }) ?? !isOverdue);
}
