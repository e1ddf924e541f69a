import { MaskloopError } from '../../contracts/error.ts';
import { hashBytes } from '../../storage/file-hash.ts';
import type { Trainer } from '../../trainer/trainer.ts';
import { putImage, type ImageToPut } from './put-image.ts';

/**
 * Sees that the trainer holds an image, and no other one under its id. One that is there is compared, not sent.
 *
 * @returns SHA-256 of the image
 * @throws MaskloopError `ImageConflict` if it holds another one; what the trainer throws
 */
export async function ensureImage(trainer: Trainer, image: ImageToPut, signal: AbortSignal): Promise<string> {
  const { imageId, name, bytes } = image;
  const held = await trainer.getImage(imageId, signal);
  if (held === null) return putImage(trainer, image, signal);
  const sha256 = hashBytes(bytes);
  if (hashBytes(held) === sha256) return sha256;
  throw new MaskloopError('ImageConflict', `The trainer holds another image for frame "${name}" (image ${imageId}).`, {
    facts: { frame: name, image: imageId },
  });
}
