import type { TrainingTask } from '../../contracts/trainer-reports.ts';

/** Whether a training has not ended. */
export function isUnderWay({ status }: TrainingTask): boolean {
  return status === 'SUBMITTED' || status === 'RUNNING';
}

/** The training of our name, leaving out those that no longer count; the newest, should there be several. */
export function ownTask(
  tasks: readonly TrainingTask[],
  runName: string,
  over: readonly string[],
): TrainingTask | undefined {
  return tasks.findLast(({ name, id }) => name === runName && !over.includes(id));
}

/** True for a training that is only submitted while a later one is further: a server takes them in order, so it will never run. */
export function isPassedOver(tasks: readonly TrainingTask[], { id, status }: TrainingTask): boolean {
  if (status !== 'SUBMITTED') return false;
  const place = tasks.findIndex((task) => task.id === id);
  return tasks.slice(place + 1).some((later) => later.status !== 'SUBMITTED');
}

/** Who shares the server with a training, by its place in the order of submission. */
export interface Rivals {
  readonly earlier: readonly TrainingTask[];
  readonly later: readonly TrainingTask[];
}

/** The other trainings that are under way. One that is passed over is nobody's rival. */
export function rivalsOf(tasks: readonly TrainingTask[], own: TrainingTask): Rivals {
  const place = tasks.findIndex(({ id }) => id === own.id);
  const underWay = (task: TrainingTask): boolean => isUnderWay(task) && !isPassedOver(tasks, task);
  const active = tasks.map((task, index) => (underWay(task) ? index : -1)).filter((index) => index >= 0);
  return {
    earlier: active.filter((index) => index < place).flatMap((index) => tasks[index] ?? []),
    later: active.filter((index) => index > place).flatMap((index) => tasks[index] ?? []),
  };
}
