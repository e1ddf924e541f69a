import type { TrainingTask, TrainStats } from '../../contracts/trainer-reports.ts';
import { mayBeOthers } from './others-since.ts';
import type { RunRecord } from './run-record.ts';

/** How far the clocks of the trainer and of the worker may be apart, in seconds. */
const CLOCK_SKEW_SECONDS = 600;

/**
 * Whose run statistics show.
 *
 * - `ours`
 * - `earlier`: of a run before our request, or of ours that was given up as dead
 * - `theirs`: of somebody else, since
 * - `not known`: of a run that has begun since, while somebody else's training may have
 */
export type Whose = 'ours' | 'earlier' | 'theirs' | 'not known';

/** What is known when statistics are looked at. */
export interface Surroundings {
  readonly record: RunRecord;
  /** All that the trainer lists, read after the statistics: whoever has written them had begun by then. */
  readonly tasks: readonly TrainingTask[];
  /** What was asked for; null where it was left to the trainer. */
  readonly maxEpochs: number | null;
  /** Within so many milliseconds a training that is not waiting behind others has begun. */
  readonly beginsWithinMs: number;
}

/** Whether a run has as many epochs as ours: as were asked for, else as ours was seen to have. */
export function hasOurLength(
  { totalEpochs }: TrainStats,
  { ownEpochs }: Pick<RunRecord, 'ownEpochs'>,
  maxEpochs: number | null,
): boolean {
  return totalEpochs === (maxEpochs ?? ownEpochs ?? totalEpochs);
}

/** Whether a process that began then may be that of our request. */
function isInTime(start: number, { submittedAt, aloneAt }: RunRecord, beginsWithinMs: number): boolean {
  const latest = Date.parse(aloneAt ?? submittedAt) / 1000 + beginsWithinMs / 1000;
  return start >= Date.parse(submittedAt) / 1000 - CLOCK_SKEW_SECONDS && start <= latest + CLOCK_SKEW_SECONDS;
}

/**
 * Whose run the trainer's statistics show. They carry no name, and show the run before until a new one is validated for the
 * first time. Once our start is known only that counts. Until then ours is a start that was not there before the request, in
 * time by the clocks, of the length that was asked for, and only while nobody else can have begun one.
 */
export function whoseStats(stats: TrainStats, { record, tasks, maxEpochs, beginsWithinMs }: Surroundings): Whose {
  const { startedAtSeconds: start } = stats;
  const task = tasks.find(({ id }) => id === record.taskId);
  if (start === record.ownStart) {
    // Starts are told in whole seconds, and beside a run that is forgotten another one may begin.
    return task !== undefined || hasOurLength(stats, record, maxEpochs) ? 'ours' : 'theirs';
  }
  if (start === record.previousRunStart || record.lost.some((lost) => lost.start === start)) return 'earlier';
  if (record.ownStart !== null || task?.status === 'SUBMITTED') return 'theirs';
  if (!hasOurLength(stats, record, maxEpochs)) return 'theirs';
  // A training that is on the list with nobody beside it needs no clock.
  if (mayBeOthers(tasks, record)) return 'not known';
  if (task !== undefined && start >= Date.parse(record.submittedAt) / 1000 - CLOCK_SKEW_SECONDS) return 'ours';
  return isInTime(start, record, beginsWithinMs) ? 'ours' : 'theirs';
}

/** The trainer's statistics, if they are of our run; null otherwise. */
export function ownStats(stats: TrainStats | null, surroundings: Surroundings): TrainStats | null {
  return stats !== null && whoseStats(stats, surroundings) === 'ours' ? stats : null;
}
