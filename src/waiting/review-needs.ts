import { MaskloopError } from '../contracts/error.ts';
import type { IterationInput } from '../contracts/iteration.ts';
import { reviewOfInput } from '../contracts/only-observed.ts';
import type { ReviewRecord } from '../contracts/waiting.ts';
import type { Job } from '../cvat/cvat.ts';
import { isChangedLately } from './changed-lately.ts';
import { heldBack } from './held-back.ts';
import { nextHandOvers } from './next-hand-overs.ts';
import { canCompareChanges } from './pick-for-review.ts';
import { NO_REVIEW } from './review-record.ts';

export interface ReviewNeeds {
  /** Something can be handed over now, or the jobs to be reviewed can be picked. */
  readonly isDue: boolean;
  /** True for a job that looks complete and whose review is not decided or not over. */
  readonly isHeldBack: (job: Job) => boolean;
  readonly notes: readonly string[];
}

const NOTHING: ReviewNeeds = { isDue: false, isHeldBack: () => false, notes: [] };

/**
 * What a review asks for, as CVAT shows the jobs now. Nothing where none was asked for.
 *
 * @param isOverdue true once the last deadline has passed
 * @throws MaskloopError `NoReviewer` if nothing else can be handed over and a job has no reviewer but its annotator
 */
export function reviewNeeds(
  jobs: readonly Job[],
  {
    input,
    record,
    iteration,
    isOverdue,
    nowMs,
  }: {
    input: Pick<IterationInput, 'masks' | 'review' | 'seal'>;
    record: ReviewRecord | null;
    iteration: string;
    isOverdue: boolean;
    /** Milliseconds since 1970 by CVAT's clock. */
    nowMs: number;
  },
): ReviewNeeds {
  const options = reviewOfInput(input);
  if (options === undefined) return NOTHING;
  const known = record ?? NO_REVIEW;
  const picks = options.pick.kind === 'mostChanged' && known.picked === null;
  const isQuiet = (job: Job): boolean => !isChangedLately(job, { withinMs: input.seal.quietMs, nowMs });
  const next = nextHandOvers(jobs, options, { iteration, record: known, isQuiet });
  const isDue = next.handOvers.length > 0 || (picks && canCompareChanges(jobs, isQuiet));
  if (!isDue && !isOverdue) requireReviewer(next.withoutReviewer);
  return {
    isDue,
    isHeldBack: heldBack(options, { record: known, iteration, isOverdue }),
    notes: next.withoutAnnotator.map(
      (job) => `job ${job} was rejected and its annotator is not known: set it back to annotation in CVAT`,
    ),
  };
}

function requireReviewer(jobs: readonly number[]): void {
  if (jobs.length === 0) return;
  throw new MaskloopError(
    'NoReviewer',
    `Nobody of the reviewers may review ${jobs.length === 1 ? 'job' : 'jobs'} ${jobs.slice(0, 10).join(', ')}: who annotated a job never reviews it.`,
    { facts: { jobs: jobs.slice(0, 20) } },
  );
}
