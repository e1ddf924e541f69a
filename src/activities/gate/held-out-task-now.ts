import { checkSeal } from '../../collect/check-seal.ts';
import { FAILURES } from '../../contracts/failures.ts';
import { isMaskloopError } from '../../contracts/error.ts';
import type { HeldOutTaskRef } from '../../contracts/gate.ts';
import type { IterationInput } from '../../contracts/iteration.ts';
import type { Cvat } from '../../cvat/cvat.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { trainingOf } from '../training-of.ts';
import { sealedTask } from './sealed-task.ts';

/**
 * How the task that an iteration is measured on differs from its seal. Models are measured on the seal all the same: the
 * numbers of iterations are compared with one another, and would say nothing were they measured on other labels each time.
 *
 * @returns undefined where no other task is held out
 * @throws MaskloopError `HeldOutMissing`; what the store throws
 */
export async function heldOutTaskNow(
  { cvat, store, signal }: { readonly cvat: Cvat; readonly store: ArtifactStore; readonly signal: AbortSignal },
  input: IterationInput,
): Promise<HeldOutTaskRef | undefined> {
  const { heldOut } = trainingOf(input);
  if (heldOut?.kind !== 'task') return undefined;
  const { id, seal, task } = await sealedTask(store, input, heldOut.task);
  if (seal === null) return undefined;
  try {
    const { edits, list } = await checkSeal({ cvat, store, taskId: task.taskId, seal, signal });
    return { id, seal, edits, list };
  } catch (error) {
    // It is told, and keeps nobody from training.
    if (!isMaskloopError(error) || FAILURES[error.code].handling !== 'outage') throw error;
    return { id, seal, edits: null, list: null };
  }
}
