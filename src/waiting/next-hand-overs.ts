import { MOST_IN_REVIEW, type HandOver, type ReviewOptions, type ReviewRecord } from '../contracts/waiting.ts';
import type { Job } from '../cvat/cvat.ts';
import { framesOfJobs } from './frames-of-jobs.ts';
import { isPicked } from './pick-for-review.ts';
import { NOBODY, personOf, recordedJobs } from './review-record.ts';

/** Jobs that one plan hands over; the rest follows at the next look. */
const MOST_AT_ONCE = 20;

export interface NextHandOvers {
  /** In the order of the jobs, at most 20. */
  readonly handOvers: readonly HandOver[];
  /** Jobs whose only reviewer is their annotator. */
  readonly withoutReviewer: readonly number[];
  /** Rejected jobs whose annotator is not known: somebody else sent them to review. */
  readonly withoutAnnotator: readonly number[];
}

/**
 * What is to be done with the jobs as CVAT shows them now: a picked job that its annotator has completed, and that is quiet
 * since, goes to validation, to a reviewer who is not its annotator; a rejected one back to its annotator; one whose review is completed
 * becomes accepted. A reviewer who has had the job gets it again, else the one with the fewest open frames, the earlier in
 * the list where two have as many.
 */
export function nextHandOvers(
  jobs: readonly Job[],
  options: ReviewOptions,
  { iteration, record, isQuiet }: { iteration: string; record: ReviewRecord; isQuiet: (job: Job) => boolean },
): NextHandOvers {
  const load = openFrames(jobs, options.reviewers);
  const found = { handOvers: [] as HandOver[], withoutReviewer: [] as number[], withoutAnnotator: [] as number[] };
  let room = MOST_IN_REVIEW - recordedJobs(record);
  for (const job of jobs) {
    if (found.handOvers.length === MOST_AT_ONCE) break;
    const what = wanted(job, isPicked(options.pick, record, { iteration, job: job.id }) === true);
    // Its annotator may still draw: once it is a reviewer's, CVAT refuses what they save.
    if (what === null || (what === 'to review' && !isQuiet(job))) continue;
    const base = { job: job.id, what, seenAt: job.updatedAt };
    if (what === 'accepted') found.handOvers.push({ ...base, to: null });
    else if (what === 'back to annotation') {
      const annotator = personOf(record.annotators, job.id);
      if (annotator === null) found.withoutAnnotator.push(job.id);
      else found.handOvers.push({ ...base, to: annotator === NOBODY ? null : annotator });
    } else {
      const isKnown = personOf(record.annotators, job.id) !== null;
      const reviewer = reviewerFor(job, options.reviewers, { load, record });
      if (reviewer === null) found.withoutReviewer.push(job.id);
      else if (isKnown || room > 0) {
        found.handOvers.push({ ...base, to: reviewer });
        load.set(reviewer, (load.get(reviewer) ?? 0) + framesOfJobs([job], []).size);
        if (!isKnown) room -= 1;
      }
    }
  }
  return found;
}

/** What is to become of a job, by its stage and state; null for nothing. */
function wanted({ stage, state }: Job, picked: boolean): HandOver['what'] | null {
  if (stage === 'annotation') return state === 'completed' && picked ? 'to review' : null;
  if (state === 'rejected') return 'back to annotation';
  return stage === 'validation' && state === 'completed' ? 'accepted' : null;
}

/** Frames that each reviewer has still to look at. */
function openFrames(jobs: readonly Job[], reviewers: readonly string[]): Map<string, number> {
  const inReview = jobs.filter(({ stage, state }) => stage === 'validation' && state !== 'completed');
  return new Map(
    reviewers.map((name) => [
      name,
      framesOfJobs(
        inReview.filter(({ assignee }) => assignee === name),
        [],
      ).size,
    ]),
  );
}

function reviewerFor(
  job: Job,
  reviewers: readonly string[],
  { load, record }: { load: ReadonlyMap<string, number>; record: ReviewRecord },
): string | null {
  const annotator = personOf(record.annotators, job.id);
  const allowed = reviewers.filter((name) => name !== job.assignee && name !== annotator);
  const before = personOf(record.reviewers, job.id);
  if (before !== null && allowed.includes(before)) return before;
  const [best] = allowed.toSorted((a, b) => (load.get(a) ?? 0) - (load.get(b) ?? 0));
  return best ?? null;
}
