import type { HeldOutPicture, TrainingSet } from '../../contracts/training-set.ts';
import { hashBytes } from '../../storage/file-hash.ts';
import type { OutsideFrame } from '../gate/outside-frames.ts';

/** SHA-256 of pictures that training sets know to be held out, by image id. */
export function knownPictures(sets: readonly Pick<TrainingSet, 'origins'>[]): ReadonlyMap<string, string> {
  const origins = sets.flatMap((set) => Object.values(set.origins));
  const frames = origins.flatMap(({ holding }) => holding?.frames ?? []);
  return new Map(frames.map(({ imageId, imageSha256 }) => [imageId, imageSha256]));
}

/**
 * Held-out frames with the hashes of their pictures. A picture is read only where its hash is not known.
 *
 * @throws what the sources of the images throw
 */
export async function withPictures(
  frames: readonly Pick<OutsideFrame, 'frame' | 'image' | 'imageId' | 'name'>[],
  known: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<readonly HeldOutPicture[]> {
  const found: HeldOutPicture[] = [];
  for (const { imageId, name, frame, image } of frames) {
    signal.throwIfAborted();
    const imageSha256 = known.get(imageId) ?? hashBytes((await image({ name, frame })).bytes);
    found.push({ imageId, name, imageSha256 });
  }
  return found;
}
