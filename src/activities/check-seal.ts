import type { IterationActivities } from '../contracts/activities.ts';
import { checkSeal } from '../collect/check-seal.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';

/** Looks whether the task still holds what was sealed; only reads, and stops nothing. */
export function createCheckSeal({ connect, store }: ActivityDependencies): IterationActivities['checkSeal'] {
  return durable(({ input, task, seal }, { signal }) =>
    checkSeal({ cvat: connect(input.connection).cvat, store, taskId: task.taskId, seal: seal.artifact, signal }),
  );
}
