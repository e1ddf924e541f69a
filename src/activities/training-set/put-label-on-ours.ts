import type { TrainedFrame } from '../../contracts/training-set.ts';
import { heldImage } from './held-image.ts';
import { putLabel } from './put-label.ts';

/**
 * Makes the trainer hold the label of a frame where it holds the image that the label was made for. An image that it has lost, or
 * holds another of, is told when the whole set is compared.
 *
 * @param indexOf as {@link putLabel}
 * @returns whether the trainer holds the label now
 * @throws MaskloopError as {@link putLabel}; what the trainer throws
 */
export async function putLabelOnOurs(
  site: Parameters<typeof putLabel>[0],
  frame: TrainedFrame,
  indexOf: Readonly<Record<string, number>>,
): Promise<boolean> {
  if ((await heldImage(site.trainer, frame, site.signal)) !== 'ours') return false;
  await putLabel(site, frame, indexOf);
  return true;
}
