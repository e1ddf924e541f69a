import { MaskloopError } from '../../contracts/error.ts';
import { tombstoneName } from '../../contracts/ids.ts';
import type { IterationInput } from '../../contracts/iteration.ts';
import { isMeasured, type HeldOutManifest, type SubmissionManifest } from '../../contracts/manifests.ts';
import type { TaskRef } from '../../contracts/refs.ts';
import type { TrainedFrame } from '../../contracts/training-set.ts';
import type { Cvat } from '../../cvat/cvat.ts';
import { groupOf } from '../../gate/group-of.ts';
import { categoriesOf } from '../categories-of.ts';
import type { Running } from '../durable.ts';
import { trainingOf } from '../training-of.ts';
import { withoutForgotten } from './without-forgotten.ts';
import { outsideFrames, type OutsideFrame } from './outside-frames.ts';
import type { ModelSite } from './published-model.ts';
import { hashBytes } from '../../storage/file-hash.ts';
import { ensureImage } from '../training-set/ensure-image.ts';
import { trainedHeldOut } from '../training-set/trained-held-out.ts';
import { throwTrained } from '../training-set/held-out-trained.ts';
import { chainOf, NO_SET, readHead } from '../training-set/set-chain.ts';

/**
 * Gives an image to the trainer without a label. A frame with a final label was trained on.
 *
 * @param copiesOf frames of the training set by the SHA-256 of their images
 * @returns SHA-256 of the image; `forgotten` for one that was; for a picture that is trained on under another name, that frame
 */
async function putOutside(
  { trainer, store, signal }: ModelSite,
  { name, imageId, image, frame }: OutsideFrame,
  copiesOf: ReadonlyMap<string, TrainedFrame>,
): Promise<{ readonly sha256: string } | 'forgotten' | TrainedFrame> {
  const read = await image({ name, frame });
  const sha256 = hashBytes(read.bytes);
  if ((await store.getNamed(tombstoneName(sha256))) !== null) return 'forgotten';
  const copy = copiesOf.get(sha256);
  if (copy !== undefined) return copy;
  await ensureImage(trainer, { imageId, name, ...read }, signal);
  if ((await trainer.getLabel(imageId, signal)) === null) return { sha256 };
  throw new MaskloopError(
    'HeldOutTrained',
    `Held-out frame "${name}" (image ${imageId}) has a final label in the trainer.`,
    { facts: { frame: name, image: imageId } },
  );
}

/**
 * The frames that both models are measured on: those of the sealed task that are not trained on, and those from outside,
 * whose images are given to the trainer without a label. What was forgotten is not among them.
 *
 * @throws MaskloopError `HeldOutTrained` for a frame that models were trained on, `ImageConflict`, `HeldOutMissing`
 */
export async function gatherHeldOut(
  site: ModelSite,
  {
    cvat,
    input,
    submission,
    task,
  }: { cvat: Cvat; input: IterationInput; submission: SubmissionManifest; task: TaskRef },
  report: Running['report'],
): Promise<HeldOutManifest> {
  const { store, signal } = site;
  const categories = (await categoriesOf(store, input)).map(({ id, name }) => ({ id, name }));
  const truth = submission.groundTruth;
  const outside = await outsideFrames({ store, cvat, input, categories, task, truth, signal });
  const frames = [...(await withoutForgotten(store, heldOutOfTask(input, submission)))];
  const groupOfFrame = groupOf(trainingOf(input).group);
  // A label may be set aside for the moment, so what the trainer holds says too little.
  const set = (await readHead(store, chainOf(site.trainer)))?.set ?? NO_SET;
  const own = submission.frames.filter(isMeasured);
  throwTrained(trainedHeldOut(set, input, [...own, ...outside]), null);
  const copiesOf = new Map(set.frames.map((frame) => [frame.imageSha256, frame]));
  const copies: TrainedFrame[] = [];
  for (const [index, frame] of outside.entries()) {
    const put = await putOutside(site, frame, copiesOf);
    report({ phase: 'submission', done: index + 1, total: outside.length });
    if (put === 'forgotten') continue;
    if ('by' in put) copies.push(put);
    else {
      const { name, imageId } = frame;
      frames.push({
        name,
        group: groupOfFrame(name),
        imageId,
        imageSha256: put.sha256,
        label: await frame.label(),
      });
    }
  }
  throwTrained(copies, null);
  return { categories, frames };
}

/** The frames of the sealed task that no model is trained on, each with its group. */
export function heldOutOfTask(input: IterationInput, { frames }: SubmissionManifest): HeldOutManifest['frames'] {
  const groupOfFrame = groupOf(trainingOf(input).group);
  return frames.filter(isMeasured).map(({ name, imageId, label, imageSha256 }) => ({
    name,
    group: groupOfFrame(name),
    imageId,
    ...(imageSha256 === undefined ? {} : { imageSha256 }),
    label,
  }));
}
