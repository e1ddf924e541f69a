import type { IterationInput } from '../../contracts/iteration.ts';
import { completedGroundTruth } from '../../collect/collect-ground-truth.ts';
import type { Cvat } from '../../cvat/cvat.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { findHeldOutTask, requireHeldOutTask } from '../gate/find-held-out-task.ts';
import { sealedTask } from '../gate/sealed-task.ts';
import type { FoundTask } from './planned-task.ts';
import { Troubles } from './troubles.ts';

interface Looking {
  readonly cvat: Cvat;
  readonly store: ArtifactStore;
  readonly input: IterationInput;
  readonly signal: AbortSignal;
}

/**
 * What frames that are held out still lack: a ground truth job, its completion, or a seal. A start waits for none of them.
 *
 * @param troubles takes what would keep a start from going on: a task of that name is not there
 */
export async function heldOutLater(
  looking: Looking,
  found: FoundTask | null,
  troubles: Troubles,
): Promise<Troubles['all']> {
  const later = new Troubles();
  const isThere = await troubles.meet(async () => {
    await requireHeldOutTask(looking);
    return true;
  });
  if (isThere === true) await later.meet(() => requireLabels(looking, found));
  return later.all;
}

async function requireLabels({ cvat, store, input, signal }: Looking, found: FoundTask | null): Promise<void> {
  const heldOut = input.training?.heldOut;
  if (heldOut?.kind === 'task') await sealedTask(store, input, heldOut.task);
  if (heldOut?.kind !== 'ground-truth') return;
  const { task } = heldOut;
  const isOther = task !== null && task !== input.task;
  const taskId = isOther
    ? await findHeldOutTask({ cvat, input, signal }, task, 'GroundTruthMissing')
    : found?.task?.taskId;
  // A task that is still to be made has no such job yet, which nobody needs to be told.
  if (taskId !== undefined) await completedGroundTruth({ cvat, taskId, signal });
}
