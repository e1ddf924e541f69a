import type { TrainingTask } from '../../contracts/trainer-reports.ts';
import type { RunRecord } from './run-record.ts';

type Known = Pick<RunRecord, 'model' | 'runName' | 'request' | 'taskId' | 'lastTask' | 'ahead' | 'rivals'>;

/** Whether a training of the model that is not of this run has begun. */
function isOthers({ model, name, status }: TrainingTask, record: Known): boolean {
  return model === record.model && name !== record.runName && status !== 'SUBMITTED';
}

/** Trainings of the same model by others that began after ours in the order of the list; all of the list where ours is not on it. */
export function othersAfter(tasks: readonly TrainingTask[], record: Known): readonly TrainingTask[] {
  const own = tasks.findIndex(({ id }) => id === record.taskId);
  return tasks.slice(own + 1).filter((task) => isOthers(task, record));
}

/**
 * Trainings of the same model by others that may have run since ours was asked for, as far as the trainer's list tells. One
 * that was on it before the request counts only if it had not ended then, and until ours is known to run alone.
 */
export function othersSince(tasks: readonly TrainingTask[], record: Known): readonly TrainingTask[] {
  const isListed = tasks.some(({ id }) => id === record.taskId);
  if (isListed && record.request === 'alone') return othersAfter(tasks, record);
  const last = tasks.findIndex(({ id }) => id === record.lastTask);
  const { ahead = [] } = record;
  return tasks.filter((task, place) => (place > last || ahead.includes(task.id)) && isOthers(task, record));
}

/**
 * Whether somebody else's training of the model may have run since ours was asked for. Those that are forgotten as well
 * count where the record names them: they were seen after ours was forgotten, or stood before it in the queue.
 */
export function mayBeOthers(tasks: readonly TrainingTask[], record: Known): boolean {
  if (othersSince(tasks, record).length > 0) return true;
  if (tasks.some(({ id }) => id === record.taskId)) return false;
  return (record.rivals ?? []).length > 0 || (record.ahead ?? []).length > 0;
}
