import { receiptName } from '../../contracts/ids.ts';
import type { TrainingOrigin, TrainingSet } from '../../contracts/training-set.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { ActivityDependencies } from '../dependencies.ts';

interface Asking {
  readonly store: ArtifactStore;
  readonly isRunning: ActivityDependencies['isRunning'] | undefined;
  /** Of the iteration that asks, which counts. */
  readonly id: string;
}

/**
 * The iterations of training sets that may hold frames out, by id: those with a receipt, and those that still run. What one
 * has held out that ended without a receipt, as it was cancelled, is nobody's to measure. One that is in several sets is there
 * several times.
 *
 * @throws what the store and `isRunning` throw
 */
export async function countedOrigins(
  { store, isRunning = async () => true, id }: Asking,
  sets: readonly Pick<TrainingSet, 'origins'>[],
): Promise<readonly (readonly [string, TrainingOrigin])[]> {
  const all = sets.flatMap(({ origins }) => Object.entries(origins));
  const counted = new Set([id]);
  for (const other of new Set(all.filter(([, { heldOut }]) => heldOut.length > 0).map(([by]) => by))) {
    if (counted.has(other)) continue;
    if ((await store.getNamed(receiptName(other))) !== null || (await isRunning(other))) counted.add(other);
  }
  return all.filter(([by]) => counted.has(by));
}
