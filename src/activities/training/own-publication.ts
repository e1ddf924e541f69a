import type { PublishedModel, TrainingTask, TrainStats } from '../../contracts/trainer-reports.ts';
import { mayBeOthers } from './others-since.ts';
import { hasOurLength } from './own-stats.ts';
import type { RunRecord } from './run-record.ts';

/** A checkpoint is copied after the statistics of its epoch are written; a large file on a slow disk takes its time. */
const COPIED_WITHIN_SECONDS = 60;

/** When a file was published, by the clock of the trainer, compared with the run that its statistics show. */
export function publishedWhen(
  { modifiedAtSeconds: at }: PublishedModel,
  { startedAtSeconds: start, elapsedSeconds: elapsed }: TrainStats,
): 'before' | 'within' | 'after' | 'not known' {
  if (at === undefined || elapsed === undefined) return 'not known';
  if (at < Math.floor(start)) return 'before';
  return at <= start + elapsed + COPIED_WITHIN_SECONDS ? 'within' : 'after';
}

/** Whether statistics are of a run of ours, the ones that were given up as dead included. */
export function isOwnRun(
  stats: TrainStats,
  record: Pick<RunRecord, 'ownStart' | 'lost' | 'ownEpochs'>,
  maxEpochs: number | null,
): boolean {
  const starts = [record.ownStart, ...record.lost.map(({ start }) => start)];
  return starts.includes(stats.startedAtSeconds) && hasOurLength(stats, record, maxEpochs);
}

/** What a run is looked at by that may go on from what is published. */
export interface Ground {
  readonly published: PublishedModel | null;
  readonly stats: TrainStats | null;
  readonly tasks: readonly TrainingTask[];
  readonly record: RunRecord;
  readonly maxEpochs: number | null;
}

/**
 * Whether what is published can only be a checkpoint of this very run: the newest statistics are of it, the file was
 * published while it ran, and nobody else may have trained the model since.
 */
export function isOwnPublication({ published, stats, tasks, record, maxEpochs }: Ground): boolean {
  if (published === null || stats === null || !isOwnRun(stats, record, maxEpochs)) return false;
  return !mayBeOthers(tasks, record) && publishedWhen(published, stats) === 'within';
}

/**
 * Whether a run that is dead may be started again from what is published, which it will publish over: the model that was
 * measured before it, the one that its last request went on from, or its own checkpoint.
 *
 * @param before checksum of the model that was measured, null for none; absent where that is not known
 */
export function mayStartAgain(ground: Ground, before: string | null | undefined): boolean {
  const checksum = ground.published?.checksum ?? null;
  return checksum === before || checksum === ground.record.previousChecksum || isOwnPublication(ground);
}
