import { iterationId, loopFolder, placeOfId } from '../../contracts/ids.ts';
import { loopTaskNumber } from '../../contracts/loop-task.ts';
import type { LoopPolicy } from '../../contracts/loop.ts';
import type { Task } from '../../cvat/cvat.ts';
import { finishedIds } from '../../receipts/read-receipt.ts';
import type { LoopDependencies } from './loop-dependencies.ts';

/** What is there under the names of a loop's tasks; held-out frames have the number 0. */
export interface NumbersTaken {
  /** Numbers with a receipt. */
  readonly done: ReadonlySet<number>;
  /** Numbers that frames were chosen for. */
  readonly chosen: ReadonlySet<number>;
  /** Tasks in CVAT by number. */
  readonly tasks: ReadonlyMap<number, Task>;
}

/**
 * Reads which numbers a loop has reached, from the store and from CVAT alone.
 *
 * @throws MaskloopError `ProjectAmbiguous`, `CvatUnreachable`, `StoreUnreachable`
 */
export async function numbersTaken(
  { connect, store }: Pick<LoopDependencies, 'connect' | 'store'>,
  policy: LoopPolicy,
  signal: AbortSignal,
): Promise<NumbersTaken> {
  const numbers = (names: readonly string[]): ReadonlySet<number> => {
    return new Set(names.flatMap((name) => loopTaskNumber(policy.taskName, name) ?? []));
  };
  const { cvat } = connect(policy.connection);
  const project = await cvat.findProject(policy.project, signal);
  const tasks = project === null ? [] : await cvat.tasksOfProject(project.id, signal);
  const samples = `${loopFolder(policy)}samples/`;
  const lists = await store.listNamed(samples);
  return {
    done: numbers(await finishedTasks(store, policy)),
    chosen: new Set(lists.map((name) => Number(name.slice(samples.length)))),
    tasks: new Map(
      tasks.flatMap((task) => {
        const number = loopTaskNumber(policy.taskName, task.name);
        return number === null ? [] : [[number, task] as const];
      }),
    ),
  };
}

/** Names of the tasks of the loop's project that have a receipt. */
async function finishedTasks(store: LoopDependencies['store'], policy: LoopPolicy): Promise<readonly string[]> {
  const { connection, project } = policy;
  const start = iterationId({ connection, project, task: 'x' }).slice(0, -1);
  const ids = (await finishedIds(store)).filter((id) => id.startsWith(start));
  const places = ids.map(placeOfId);
  return places.flatMap((place) => (place.connection === connection && place.project === project ? [place.task] : []));
}
