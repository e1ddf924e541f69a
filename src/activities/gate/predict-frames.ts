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

/** The hash of the image that the trainer would predict: the one that all models are measured on. */
async function imageHash({ trainer, signal }: ModelSite, frame: HeldOutFrame): Promise<string> {
  const { name, imageId } = frame;
  const bytes = await trainer.getImage(imageId, signal);
  if (bytes !== null) return requireSamePicture(frame, hashBytes(bytes));
  throw new MaskloopError('DatastoreMismatch', `The trainer holds no image of held-out frame "${name}" (${imageId}).`, {
    facts: { frame: name, image: imageId },
  });
}

function requireSamePicture({ name, imageId, imageSha256 }: HeldOutFrame, sha256: string): string {
  if (imageSha256 === undefined || imageSha256 === sha256) return sha256;
  throw new MaskloopError(
    'ImageConflict',
    `The trainer holds another image for held-out frame "${name}" (image ${imageId}) than models are measured on.`,
    { facts: { frame: name, image: imageId, sha256: imageSha256 } },
  );
}

/**
 * Predicts held-out frames with the published model, each image once; see {@link predictImages}.
 *
 * @throws MaskloopError `DatastoreMismatch` for an image that is not there, `ImageConflict` for another one, and what {@link predictImages} throws
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
