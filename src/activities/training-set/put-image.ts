import { MaskloopError } from '../../contracts/error.ts';
import type { Trainer } from '../../trainer/trainer.ts';
import { hashOf } from './put-label.ts';

/**
 * Stores an image that the trainer lacks and reads it back. One that is there is never sent again: MONAI Label would
 * forget its labels.
 *
 * @returns SHA-256 of the image that the trainer holds
 * @throws MaskloopError `ImageConflict` if another image comes back
 */
export async function putImage(
  trainer: Trainer,
  image: { imageId: string; name: string; bytes: Uint8Array; extension: string },
  signal: AbortSignal,
): Promise<string> {
  const { imageId, name, bytes, extension } = image;
  await trainer.putImage({ imageId, fileName: `${imageId}${extension}`, bytes }, signal);
  const stored = await trainer.getImage(imageId, signal);
  const sha256 = hashOf(bytes);
  if (stored !== null && hashOf(stored) === sha256) return sha256;
  throw new MaskloopError(
    'ImageConflict',
    `MONAI Label gives back another image for frame "${name}" (image ${imageId}).`,
    { facts: { frame: name, image: imageId } },
  );
}
