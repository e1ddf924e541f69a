import { MaskloopError } from '../../contracts/error.ts';
import type { IterationInput } from '../../contracts/iteration.ts';
import type { SealRef } from '../../contracts/seal.ts';
import type { TrainingOrigin } from '../../contracts/training-set.ts';
import type { Cvat } from '../../cvat/cvat.ts';
import { readReceipt } from '../../receipts/read-receipt.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { Trainer } from '../../trainer/trainer.ts';
import { heldOutNames } from '../gate/held-out-names.ts';
import { outsideFrames } from '../gate/outside-frames.ts';
import { openTaskImages, type ImageSource } from '../image-source.ts';
import { modelTable } from '../model-table.ts';
import { readLabels } from '../read-manifest.ts';
import { withoutWithdrawn } from '../withdrawal/without-withdrawn.ts';
import { framesToSubmit } from './frames-to-submit.ts';
import { withPictures } from './held-out-pictures.ts';
import type { SubmittedFrame } from './look-at-frames.ts';
import { originOf } from './origin-of.ts';

/** An iteration whose training was skipped, as its receipt has it. */
export interface SkippedIteration {
  readonly id: string;
  readonly input: IterationInput;
  /** What its place in a training set would be; with what its own training would have held out. */
  readonly origin: TrainingOrigin;
  /** Its frames that might be trained on, neither held out by itself nor excluded or forgotten. */
  readonly frames: readonly SubmittedFrame[];
  readonly images: ImageSource;
  readonly indexOf: ReadonlyMap<number, number>;
  readonly seal: SealRef;
}

interface Site {
  readonly cvat: Cvat;
  readonly trainer: Trainer;
  readonly store: ArtifactStore;
  readonly signal: AbortSignal;
  /** That is to be trained. */
  readonly model: string;
  /** SHA-256 of held-out pictures by image id, as far as they are known. */
  readonly known: ReadonlyMap<string, string>;
}

/** What a receipt has of sealed labels. */
async function sealedIn(store: ArtifactStore, id: string) {
  const receipt = await readReceipt(store, id);
  const { labels, task, seal } = receipt?.results ?? {};
  if (receipt === null || labels === undefined || task === undefined || seal === undefined) {
    throw new MaskloopError('ArtifactCorrupt', `The receipt of ${id} has no seal to compare its task with.`);
  }
  return { input: receipt.input, labels: await readLabels(store, labels.manifest), task, seal };
}

/**
 * Reads an iteration that is to be taken up.
 *
 * @throws MaskloopError for what a person would have to decide about: a class that the model lacks, a lost image, held-out
 *   frames that CVAT alone could name; what trainer, store and CVAT throw
 */
export async function readSkipped(site: Site, id: string): Promise<SkippedIteration> {
  const { cvat, trainer, store, signal, model } = site;
  const { input, labels, task, seal } = await sealedIn(store, id);
  if (input.training?.heldOut?.kind === 'ground-truth')
    throw new MaskloopError('GroundTruthMissing', 'What its ground truth job holds is not known without its training.');
  const indexOf = await modelTable(trainer, labels.categories, model, signal);
  const where = { connection: input.connection, taskId: task.taskId };
  const images = await openTaskImages({ cvat, store }, input.images, where, signal);
  const own = input.training === null ? new Set<string>() : await heldOutNames(store, input, labels, null, signal);
  const sealed = framesToSubmit(input, labels, own);
  const { submittable } = await withoutWithdrawn({ store, trainer, images, signal }, input, sealed);
  const heldOut = submittable.filter(({ part }) => part === 'heldOut');
  const inside = heldOut.map(({ imageId, frame: { name, frame } }) => ({ imageId, name, frame, image: images }));
  const outside = await outsideFrames({
    store,
    cvat,
    input,
    categories: labels.categories,
    task,
    truth: undefined,
    signal,
  });
  const pictures = await withPictures([...inside, ...outside], site.known, signal);
  const origin = originOf(input, { taskId: task.taskId, model }, labels, indexOf, {
    held: pictures,
    unmeasured: new Set(),
  });
  const frames = submittable.filter(({ part }) => part === 'training');
  return { id, input, origin, frames, images, indexOf, seal };
}
