import type { PublishedModel, TrainingTask, TrainStats } from '../../contracts/trainer-reports.ts';
import { othersAfter } from './others-since.ts';
import { ownStats, whoseStats, type Surroundings } from './own-stats.ts';
import { publishedWhen } from './own-publication.ts';

/** What one look at a training saw. */
export interface Sight extends Surroundings {
  /** The newest run of the model, whosoever. */
  readonly shown: TrainStats | null;
  /** Null for nothing, and where it was not asked for because ours is running by the list. */
  readonly published: PublishedModel | null;
  /** How long nothing of the training has moved. */
  readonly silentMs: number;
  /** Silences after which a training is stalled; is dead, if forgotten; and has published all, if it is through. */
  readonly limits: { readonly stalledAfterMs: number; readonly deadAfterMs: number; readonly publishedAfterMs: number };
}

/**
 * What follows from a look.
 *
 * - `watch`: on; `wait`: behind another training, which is no silence
 * - `settle`: ours runs after others may have
 * - `model`: ours has ended, and what is published is its model; `replaced`: it has ended, and that may be somebody else's
 * - `ended badly`, `stalled`
 * - `start again`: ours is dead
 */
export type Move = 'watch' | 'wait' | 'settle' | 'model' | 'replaced' | 'ended badly' | 'stalled' | 'start again';

/** Decides by one look what is done about a training. */
export function nextMove(sight: Sight): Move {
  const { record, tasks, silentMs, limits } = sight;
  const task = tasks.find(({ id }) => id === record.taskId);
  if (task === undefined) return moveOfForgotten(sight);
  if (task.status === 'LOST') return 'start again';
  if (task.status === 'DONE') return isReplaced(sight) ? 'replaced' : 'model';
  if (task.status === 'ERROR' || task.status === 'STOPPED') return 'ended badly';
  if (task.status === 'RUNNING' && record.request === 'accepted') return 'settle';
  if (task.status === 'SUBMITTED' && tasks.some(({ status }) => status === 'RUNNING')) return 'wait';
  return silentMs < limits.stalledAfterMs ? 'watch' : 'stalled';
}

/** Its process may live on, and then it publishes; or it is dead. */
function moveOfForgotten(sight: Sight): Move {
  const { published, silentMs, limits } = sight;
  if (ownStats(sight.shown, sight)?.ended === true && published !== null) {
    if (silentMs < limits.publishedAfterMs) return 'watch';
    return isReplaced(sight) ? 'replaced' : 'model';
  }
  return silentMs < limits.deadAfterMs ? 'watch' : 'start again';
}

/**
 * Whether the published model may be somebody else's although ours has ended. A trainer that lists ours takes one after the
 * other: then it is ours unless another run has validated since, or may have. Beside one that is forgotten others are accepted:
 * then it is ours only if nobody else has trained.
 */
export function isReplaced(sight: Omit<Sight, 'silentMs' | 'limits'>): boolean {
  const { record, tasks, shown, published } = sight;
  const isOurs = record.ownStart !== null && shown?.startedAtSeconds === record.ownStart;
  const after = othersAfter(tasks, record);
  if (tasks.every(({ id }) => id !== record.taskId)) {
    if (after.length > 0 || (record.rivals ?? []).length > 0) return true;
    return published !== null && shown !== null && publishedWhen(published, shown) === 'after';
  }
  if (isOurs) return false;
  // Another run has shown itself since; one that is not on the list was forgotten.
  if (record.ownStart !== null && shown !== null) return after.length === 0 || after.some(isNotLost);
  if (after.some((task) => isNotLost(task) && task.status !== 'ERROR')) return true;
  return after.some(({ status }) => status === 'ERROR') && isNewRun(sight);
}

/** Whether statistics show a run that has begun since our request and is not known to be ours. */
function isNewRun(sight: Pick<Sight, 'shown'> & Surroundings): boolean {
  return sight.shown !== null && !['ours', 'earlier'].includes(whoseStats(sight.shown, sight));
}

/** The training that may have published over ours, for a message; undefined where none is listed any more. */
export function replacedBy({ tasks, record }: Pick<Sight, 'tasks' | 'record'>): TrainingTask | undefined {
  return othersAfter(tasks, record).findLast(isNotLost);
}

/** A process that has died without a word has published nothing. */
function isNotLost({ status }: TrainingTask): boolean {
  return status !== 'LOST';
}
