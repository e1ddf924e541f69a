import type { ForIteration } from '../contracts/iteration.ts';
import { MaskloopError } from '../contracts/error.ts';
import { isOnlyObserved } from '../contracts/only-observed.ts';
import type { Cvat, Task } from '../cvat/cvat.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { canGoOn } from './image-upload.ts';

/**
 * Finds the task of an iteration: the one that carries its key, whatever somebody has renamed it to meanwhile, or the one
 * of exactly its name. A task with the key and without frames is the remainder of an earlier try. It is adopted where the
 * upload of its images can be gone on with, else deleted, unless the task is only observed: CVAT appends to files that are
 * sent twice, and a task without frames holds nobody's work.
 *
 * @throws MaskloopError `TaskAmbiguous` if there are two
 */
export async function adoptTask(
  { cvat, store }: { readonly cvat: Cvat; readonly store: ArtifactStore },
  projectId: number,
  { id, input }: ForIteration,
  signal: AbortSignal,
): Promise<Task | null> {
  const ours: Task[] = [];
  for (const task of await cvat.tasksWithKey({ projectId, key: id }, signal)) {
    if (task.size > 0) ours.push(task);
    else if (isOnlyObserved(input)) continue;
    else if (await cvat.awaitTaskCreation(task.id, { signal })) ours.push(await cvat.getTask(task.id, signal));
    else if (await canGoOn({ cvat, store }, task.id, input, signal)) ours.push(task);
    else await cvat.deleteTask(task.id, signal);
  }
  return onlyTask(ours, await cvat.findTask({ projectId, name: input.task }, signal), { id, input });
}

/**
 * The task of an iteration that is there with its frames, by its key and by its name; null where it is still to be made. One
 * without frames is what a crash left behind.
 *
 * @throws MaskloopError `TaskAmbiguous` if there are two
 */
export async function filledTask(
  cvat: Cvat,
  projectId: number,
  { id, input }: ForIteration,
  signal: AbortSignal,
): Promise<Task | null> {
  const ours = (await cvat.tasksWithKey({ projectId, key: id }, signal)).filter(({ size }) => size > 0);
  const found = onlyTask(ours, await cvat.findTask({ projectId, name: input.task }, signal), { id, input });
  return found === null || found.size === 0 ? null : found;
}

/**
 * The one task of an iteration among those that carry its key and the one of its name; null where there is none.
 *
 * @throws MaskloopError `TaskAmbiguous` if there are two
 */
export function onlyTask(ours: readonly Task[], named: Task | null, { id, input }: ForIteration): Task | null {
  const others = named === null || ours.some((task) => task.id === named.id) ? [] : [named];
  const [first = null, second] = [...ours, ...others];
  if (second === undefined) return first;
  const found = [...ours, ...others].map((task) => `${task.id} "${task.name}"`).join(', ');
  throw new MaskloopError(
    'TaskAmbiguous',
    `Several tasks are named "${input.task}" or carry the key ${id} in their issue tracker field: ${found}.`,
    { facts: { name: input.task, key: id, ids: [...ours, ...others].map((task) => task.id) } },
  );
}
