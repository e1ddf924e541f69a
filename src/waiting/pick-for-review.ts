import { createHash } from 'node:crypto';
import type { ReviewPick, ReviewRecord } from '../contracts/waiting.ts';
import type { Annotations, Job } from '../cvat/cvat.ts';

/**
 * Whether a second person looks at a job; null while that is not known, since the changes of all jobs are compared first.
 *
 * @param iteration the id of the iteration: a share is picked by hash over it and the job's id, so each asks for the same
 */
export function isPicked(
  pick: ReviewPick,
  record: ReviewRecord,
  { iteration, job }: { iteration: string; job: number },
): boolean | null {
  if (pick.kind === 'all') return true;
  if (pick.kind === 'share') return hashFraction(`${iteration} ${job}`) < pick.share;
  return record.picked === null ? null : record.picked.includes(job);
}

/** The first 32 bits of SHA-256 as a fraction from 0 to below 1. */
function hashFraction(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;
}

/** True once the changes of all jobs can be compared: no job is still with its annotator, and none was changed lately. */
export function canCompareChanges(jobs: readonly Job[], isQuiet: (job: Job) => boolean): boolean {
  return jobs.every((job) => job.stage !== 'annotation' || (job.state === 'completed' && isQuiet(job)));
}

/** Shapes that are not as they were put into the task: drawn, or changed by hand. */
export function changedShapes({ shapes }: Pick<Annotations, 'shapes'>): number {
  return shapes.filter(({ source }) => source !== 'auto').length;
}

/** The jobs with the most changes, at most `count`, ascending; the lower id first where two have as many. */
export function mostChanged(changes: ReadonlyMap<number, number>, count: number): readonly number[] {
  const byChanges = [...changes].toSorted(([jobA, a], [jobB, b]) => b - a || jobA - jobB);
  return byChanges
    .slice(0, count)
    .map(([job]) => job)
    .toSorted((a, b) => a - b);
}
