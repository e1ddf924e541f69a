import { MaskloopError } from '../../contracts/error.ts';
import type { Trainer } from '../../trainer/trainer.ts';
import { hashBytes } from '../../storage/file-hash.ts';

/** An image of a frame, and the ending of its file's name with the dot. */
export interface ImageToPut {
  readonly imageId: string;
  /** Of the frame, for messages. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly extension: string;
}

/**
 * Stores an image that the trainer lacks and reads it back. One that is there is never sent again: MONAI Label would
 * forget its labels.
 *
 * @returns SHA-256 of the image that the trainer holds
 * @throws MaskloopError `ImageConflict` if another image comes back
 */
export async function putImage(trainer: Trainer, image: ImageToPut, signal: AbortSignal): Promise<string> {
  const { imageId, name, bytes, extension } = image;
  await trainer.putImage({ imageId, fileName: `${imageId}${extension}`, bytes }, signal);
  const stored = await trainer.getImage(imageId, signal);
  const sha256 = hashBytes(bytes);
  if (stored !== null && hashBytes(stored) === sha256) return sha256;
  throw new MaskloopError(
    'ImageConflict',
    `The trainer gives back another image for frame "${name}" (image ${imageId}).`,
    { facts: { frame: name, image: imageId } },
  );
}
