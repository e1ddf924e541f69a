import type { TrainingSet } from '../../contracts/training-set.ts';
import { isImageId } from '../../monai/image-id.ts';
import { hashBytes } from '../../storage/file-hash.ts';
import type { Trainer } from '../../trainer/trainer.ts';
import type { Running } from '../durable.ts';
import type { HeldLabel } from './compare-set.ts';

/**
 * Images with labels of others that are the very pictures of what an iteration holds out: this one, or any other one as long
 * as we do not train on the picture ourselves. Nothing is read where nothing is held out, or no label is of others.
 *
 * @param id of the iteration that is about to train
 * @throws what the trainer throws
 */
export async function foreignCopies(
  { trainer, running }: { readonly trainer: Trainer; readonly running: Running },
  id: string,
  { frames, origins }: TrainingSet,
  held: readonly HeldLabel[],
): Promise<ReadonlySet<string>> {
  const trained = new Set(frames.map(({ imageSha256 }) => imageSha256));
  const pictures = new Set(
    Object.entries(origins).flatMap(([by, { holding }]) => {
      const all = (holding?.frames ?? []).map(({ imageSha256 }) => imageSha256);
      return by === id ? all : all.filter((sha256) => !trained.has(sha256));
    }),
  );
  const ours = new Set(frames.map(({ imageId }) => imageId));
  const foreign = pictures.size === 0 ? [] : held.filter(({ imageId }) => !ours.has(imageId) && isImageId(imageId));
  const found = new Set<string>();
  for (const [done, { imageId }] of foreign.entries()) {
    const image = await trainer.getImage(imageId, running.signal);
    if (image !== null && pictures.has(hashBytes(image))) found.add(imageId);
    running.report({ phase: 'training set', done: done + 1, total: foreign.length });
  }
  return found;
}
