import { isMaskloopError, MaskloopError } from '../../contracts/error.ts';
import type { IterationInput } from '../../contracts/iteration.ts';
import type { TrainingSet } from '../../contracts/training-set.ts';
import type { Cvat } from '../../cvat/cvat.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { framesOfTask, type OutsideFrame } from '../gate/outside-frames.ts';
import { trainingOf } from '../training-of.ts';
import { withPictures } from './held-out-pictures.ts';
import { countedOrigins } from './counted-origins.ts';
import { holdingOf } from './holding-of.ts';
import type { Holder } from './withheld.ts';

interface Place {
  readonly isRunning: ActivityDependencies['isRunning'] | undefined;
  /** Of the iteration that asks. */
  readonly id: string;
  readonly cvat: Cvat;
  readonly store: ArtifactStore;
  readonly signal: AbortSignal;
  readonly input: IterationInput;
  /** That of the trainer, and those of others. */
  readonly sets: readonly TrainingSet[];
  /** Names of tasks of the project that are held out. */
  readonly heldTasks: readonly string[];
  /** SHA-256 of held-out pictures by image id, as far as they are known. */
  readonly known: ReadonlyMap<string, string>;
}

/**
 * Everybody who holds frames out: iterations of all training sets that have a receipt or still run, and tasks that are kept to measure with.
 *
 * @throws MaskloopError `HeldOutMissing` where nothing tells names and pictures of what an iteration holds out; what CVAT
 *   and the store throw
 */
export async function holdersOf(place: Place): Promise<readonly Holder[]> {
  const holders: Holder[] = [];
  for (const [id, origin] of await countedOrigins(place, place.sets)) {
    const holding = await holdingOf(place.store, id, origin);
    if (holding === null)
      throw new MaskloopError(
        'HeldOutMissing',
        `Of the frames that ${id} holds out neither training set nor receipt tell the pictures, so nobody knows what comes near them.`,
        { facts: { iteration: id } },
      );
    holders.push({ connection: origin.connection, project: origin.project, holding });
  }
  const { connection, project } = place.input;
  const { group } = trainingOf(place.input);
  for (const task of place.heldTasks) {
    const frames = await withPictures(await framesOf(place, task), place.known, place.signal);
    holders.push({ connection, project, holding: { ...(group === undefined ? {} : { group }), frames } });
  }
  return holders;
}

/** The sealed frames of a task; none where nobody has sealed it, as where its ground truth job alone is measured on. */
async function framesOf(
  { cvat, store, input, signal }: Place,
  task: string,
): Promise<readonly Pick<OutsideFrame, 'frame' | 'image' | 'imageId' | 'name'>[]> {
  try {
    // Their labels, which would have to be in categories of this iteration, are not read.
    return await framesOfTask({ cvat, store, input, categories: [], signal }, task);
  } catch (error) {
    if (isMaskloopError(error, 'HeldOutMissing')) return [];
    throw error;
  }
}
