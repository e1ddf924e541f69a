import type { JobsSeen } from '../contracts/progress.ts';
import { holds, toRanges } from '../contracts/ranges.ts';

/** Runs of ids that are remembered; tasks have their jobs in one run, with gaps where some are open. */
const MOST_RANGES = 300;

/**
 * What changed for the worse between two looks: jobs that were complete and are no longer, until they are again.
 *
 * @param before null at the first look
 */
export function rememberJobs(
  before: Pick<JobsSeen, 'completed' | 'reopened'> | null,
  jobs: readonly { readonly id: number; readonly complete: boolean }[],
): Pick<JobsSeen, 'completed' | 'reopened'> {
  const wasComplete = (id: number): boolean =>
    before !== null && (holds(before.completed, id) || holds(before.reopened, id));
  const open = jobs.filter(({ complete }) => !complete).map(({ id }) => id);
  const completed = jobs.filter(({ complete }) => complete).map(({ id }) => id);
  return {
    completed: toRanges(completed).slice(0, MOST_RANGES),
    reopened: toRanges(open.filter(wasComplete)).slice(0, MOST_RANGES),
  };
}
