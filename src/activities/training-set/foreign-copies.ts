import type { TrainingSet } from '../../contracts/training-set.ts';
import type { HeldLabel } from './compare-set.ts';

/**
 * Images with labels of others that are the very pictures of what an iteration holds out: this one, or any other one as long
 * as we do not train on the picture ourselves.
 *
 * @param id of the iteration that is about to train
 */
export function foreignCopies(
  id: string,
  { frames, origins }: Pick<TrainingSet, 'frames' | 'origins'>,
  held: readonly HeldLabel[],
): ReadonlySet<string> {
  const trained = new Set(frames.map(({ imageSha256 }) => imageSha256));
  const pictures = new Set(
    Object.entries(origins).flatMap(([by, { holding }]) => {
      const all = (holding?.frames ?? []).map(({ imageSha256 }) => imageSha256);
      return by === id ? all : all.filter((sha256) => !trained.has(sha256));
    }),
  );
  const ours = new Set(frames.map(({ imageId }) => imageId));
  const foreign = held.filter(({ imageId }) => !ours.has(imageId));
  const copies = foreign.filter(({ imageSha256 }) => imageSha256 !== null && pictures.has(imageSha256));
  return new Set(copies.map(({ imageId }) => imageId));
}
