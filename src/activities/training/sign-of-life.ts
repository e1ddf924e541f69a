import type { TrainingTask, TrainStats } from '../../contracts/trainer-reports.ts';
import { hasBegun } from './submit-run.ts';
import { ownTask } from './own-task.ts';
import type { RunRecord } from './run-record.ts';

/** How far the clocks of the trainer and of the worker may be apart, in seconds. */
const CLOCK_SKEW_SECONDS = 600;

/** Whether statistics tell of a run of ours that its trainer has forgotten: `perhaps` where they may be of somebody else as well. */
export type Sign = 'ours' | 'perhaps' | 'none';

/**
 * Whether what a trainer shows comes from a run of ours that it may have forgotten. One that was taken for dead counts as soon
 * as it is further than it was then. Where our start was never seen, a run of our length that began after the request is ours,
 * or perhaps ours where others have trained the model meanwhile.
 *
 * @param maxEpochs as many as were asked for; null where that was left to the trainer
 */
export function signIn(
  shown: TrainStats | null,
  record: Pick<RunRecord, 'ownStart' | 'previousRunStart' | 'lost' | 'submittedAt'>,
  { maxEpochs, others }: { readonly maxEpochs: number | null; readonly others: boolean },
): Sign {
  // Starts are told in whole seconds: the length tells two runs of one second apart.
  if (shown === null || (maxEpochs !== null && shown.totalEpochs !== maxEpochs)) return 'none';
  const { startedAtSeconds: start } = shown;
  if (start === record.ownStart || hasRisen(shown, record, maxEpochs)) return 'ours';
  if (record.lost.some((dead) => dead.start === start)) return 'none';
  if (record.ownStart !== null || start === record.previousRunStart) return 'none';
  if (start < Date.parse(record.submittedAt) / 1000 - CLOCK_SKEW_SECONDS) return 'none';
  return others ? 'perhaps' : 'ours';
}

/** Whether one that was taken for dead, and for which another one was started in its place, has moved since. */
export function hasRisen(
  shown: TrainStats | null,
  { lost }: Pick<RunRecord, 'lost'>,
  maxEpochs: number | null,
): boolean {
  if (shown === null || (maxEpochs !== null && shown.totalEpochs !== maxEpochs)) return false;
  return lost.some(({ start, epoch }) => start === shown.startedAtSeconds && shown.epoch > epoch);
}

/** Whether a training of ours may run although its trainer does not list it: it was accepted, or may have been, and then forgotten. */
export function mayRunForgotten(tasks: readonly TrainingTask[], record: RunRecord): boolean {
  const isListed = ownTask(tasks, record.runName, record.over) !== undefined;
  return !isListed && hasBegun(tasks, record.runName, record);
}

/** Whether somebody else has trained the model since the trainer's list begins: then a published file that changes is no sign of ours. */
export function hasOthers(
  tasks: readonly TrainingTask[],
  { model, runName }: Pick<RunRecord, 'model' | 'runName'>,
): boolean {
  return tasks.some((task) => task.model === model && task.name !== runName && task.status !== 'SUBMITTED');
}
