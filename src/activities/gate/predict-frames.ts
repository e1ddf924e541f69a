import { MaskloopError } from '../../contracts/error.ts';
import type { EvaluationManifest, HeldOutManifest } from '../../contracts/manifests.ts';
import type { Running } from '../durable.ts';
import type { IndexTable } from './index-table.ts';
import { predictImages } from './predict-images.ts';
import type { ModelSite } from './published-model.ts';
import { hashBytes } from '../../storage/file-hash.ts';

type HeldOutFrame = HeldOutManifest['frames'][number];
type Predicted = EvaluationManifest['frames'][number];

/** Frames that are predicted between two looks at which model is published. */
const LOOK_EVERY = 16;

/** The hash of the image that the trainer would predict. */
async function imageHash({ trainer, signal }: ModelSite, { name, imageId }: HeldOutFrame): Promise<string> {
  const bytes = await trainer.getImage(imageId, signal);
  if (bytes !== null) return hashBytes(bytes);
  throw new MaskloopError('DatastoreMismatch', `The trainer holds no image of held-out frame "${name}" (${imageId}).`, {
    facts: { frame: name, image: imageId },
  });
}

/**
 * Predicts held-out frames with the published model, each image once; see {@link predictImages}.
 *
 * @throws MaskloopError `DatastoreMismatch` for an image that is not there, and what {@link predictImages} throws
 */
export async function predictFrames(
  site: ModelSite,
  checksum: string,
  frames: readonly HeldOutFrame[],
  table: IndexTable,
  report: Running['report'],
): Promise<readonly Predicted[]> {
  const settings = { checksum, table, lookEvery: LOOK_EVERY, report };
  const predicted = await predictImages(site, frames, {
    ...settings,
    imageHash: async (frame) => imageHash(site, frame),
  });
  return predicted.map(({ frame: { name, imageId, label, group }, mask, otherPixels }) => ({
    name,
    imageId,
    label,
    group,
    prediction: mask,
    ...(otherPixels === 0 ? {} : { otherPixels }),
  }));
}
