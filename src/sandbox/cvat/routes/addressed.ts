import type { Target } from '../state/annotations.ts';
import type { Task } from '../state/entities.ts';
import { taskOf, theJob, theTask } from './access.ts';
import type { UserCall } from './call.ts';

/** What a path under `/annotations` is about: a task or one of its jobs. */
export interface Addressed {
  readonly kind: 'task' | 'job';
  readonly id: number;
  readonly task: Task;
  readonly target: Target;
}

/** Finds it, or throws the refusal for one that is absent or not the user's. */
export type Find = (call: UserCall) => Addressed;

export const addressedTask: Find = (call) => {
  const task = theTask(call);
  return { kind: 'task', id: task.id, task, target: { task } };
};

export const addressedJob: Find = (call) => {
  const job = theJob(call);
  return { kind: 'job', id: job.id, task: taskOf(call, job), target: { job } };
};
