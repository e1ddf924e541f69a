import { isMaskloopError } from '../../contracts/error.ts';
import type { Holding, TrainingOrigin } from '../../contracts/training-set.ts';
import { readReceipt } from '../../receipts/read-receipt.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { readSubmission } from '../read-manifest.ts';

/**
 * What an iteration of a training set holds out: as its origin says, else as its receipt does; null where neither tells names
 * and pictures of all of it.
 *
 * @throws what the store throws
 */
export async function holdingOf(
  store: ArtifactStore,
  id: string,
  { holding, heldOut }: Pick<TrainingOrigin, 'holding' | 'heldOut'>,
): Promise<Holding | null> {
  if (holding !== undefined || heldOut.length === 0) return holding ?? { frames: [] };
  const found = await ofReceipt(store, id);
  const known = new Set(found?.frames.map(({ imageId }) => imageId));
  return heldOut.every((imageId) => known.has(imageId)) ? found : null;
}

async function ofReceipt(store: ArtifactStore, id: string): Promise<Holding | null> {
  try {
    const receipt = await readReceipt(store, id);
    const { submission } = receipt?.results ?? {};
    if (submission === undefined) return null;
    const { frames } = await readSubmission(store, submission.manifest);
    const group = receipt?.input.training?.group;
    const pictures = frames.flatMap(({ imageId, name, part, imageSha256 }) =>
      part === 'training' || imageSha256 === undefined ? [] : [{ imageId, name, imageSha256 }],
    );
    return { ...(group === undefined ? {} : { group }), frames: pictures };
  } catch (error) {
    if (isMaskloopError(error, 'ArtifactCorrupt') || isMaskloopError(error, 'ArtifactMissing')) return null;
    throw error;
  }
}
