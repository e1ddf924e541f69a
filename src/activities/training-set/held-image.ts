import type { TrainedFrame } from '../../contracts/training-set.ts';
import { hashBytes } from '../../storage/file-hash.ts';
import type { Trainer } from '../../trainer/trainer.ts';

/**
 * What the trainer holds as the image of a frame. A label belongs on no other image than the one that it was made for, and anybody
 * may replace one under its id; MONAI Label forgets its labels then.
 *
 * @throws what the trainer throws
 */
export async function heldImage(
  trainer: Trainer,
  { imageId, imageSha256 }: Pick<TrainedFrame, 'imageId' | 'imageSha256'>,
  signal: AbortSignal,
): Promise<'ours' | 'another' | 'none'> {
  const image = await trainer.getImage(imageId, signal);
  if (image === null) return 'none';
  return hashBytes(image) === imageSha256 ? 'ours' : 'another';
}
