import { FAILURES } from '../../contracts/failures.ts';
import { isMaskloopError, MaskloopError } from '../../contracts/error.ts';
import type { IterationInput } from '../../contracts/iteration.ts';
import type { LabelManifest } from '../../contracts/manifests.ts';
import type { TrainedFrame, TrainingOrigin } from '../../contracts/training-set.ts';
import { readReceipt } from '../../receipts/read-receipt.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { Trainer } from '../../trainer/trainer.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import type { Running } from '../durable.ts';
import { heldOutNames } from '../gate/held-out-names.ts';
import { openTaskImages } from '../image-source.ts';
import { imageId } from '../../monai/image-id.ts';
import { modelTable } from '../model-table.ts';
import { readLabels } from '../read-manifest.ts';
import { withoutWithdrawn } from '../withdrawal/without-withdrawn.ts';
import { framesToSubmit } from './frames-to-submit.ts';
import { lookAtFrames } from './look-at-frames.ts';
import { skippedTrainings } from './never-submitted.ts';
import { missingOf, putBackMissing } from './put-back-missing.ts';
import { putImage } from './put-image.ts';
import { appendVersion, type Head } from './set-chain.ts';
import { trainedHeldOut, type HeldOutFrame } from './trained-held-out.ts';
import { withFrames, withTakenUp } from './with-frames.ts';

interface TakingUp {
  readonly id: string;
  readonly input: IterationInput;
  readonly model: string;
  readonly connect: ActivityDependencies['connect'];
  readonly trainer: Trainer;
  readonly store: ArtifactStore;
  readonly running: Running;
}

/** An iteration that has never been submitted, as it is going to be trained on. */
interface TakenUp {
  readonly origin: TrainingOrigin;
  readonly frames: readonly TrainedFrame[];
}

/**
 * Labels of earlier iterations of the project that no training has read, since theirs was skipped or never asked for, are
 * trained on from now on, as they were sealed: but for what this iteration, that one, or any other holds out. An iteration
 * whose labels the trainer cannot be given, as its model lacks a class or an image is lost, stays as it is and is told.
 *
 * The training set names an iteration before its labels are put into the trainer; a further try ends what was begun.
 *
 * @param head with the iteration's own labels
 * @param heldOut all that the iteration holds out
 * @returns the newest version of the training set
 * @throws MaskloopError of servers and store that are away
 */
export async function takeUp(taking: TakingUp, head: Head, heldOut: readonly HeldOutFrame[]): Promise<Head> {
  const { id, input, trainer, store, running } = taking;
  let newest = head;
  for (const other of await skippedTrainings(store, id, input, head.set)) {
    const found = await orNull(async () => read(taking, other, newest, heldOut));
    if (found === null) continue;
    newest = await appendVersion(store, trainer, id, (set) =>
      withTakenUp(withFrames(set, other, found.origin, found.frames), id, other),
    );
  }
  const taken = new Set(newest.set.origins[id]?.tookUp);
  const frames = newest.set.frames.filter(({ by, aside }) => taken.has(by) && aside !== true);
  await putBackMissing(taking, newest.set, await missingOf(trainer, frames, running.signal));
  return newest;
}

/** Null for what a person would have to decide about: it is another iteration's, and keeps nobody from training. */
async function orNull<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (isMaskloopError(error) && FAILURES[error.code].handling === 'attention') return null;
    throw error;
  }
}

/** Frames of its own that an iteration would hold out, by name. @throws MaskloopError where only CVAT could say */
async function ownHeldOut(
  { store, running }: TakingUp,
  input: IterationInput,
  labels: LabelManifest,
): Promise<ReadonlySet<string>> {
  if (input.training === null) return new Set();
  if (input.training.heldOut?.kind === 'ground-truth')
    throw new MaskloopError('GroundTruthMissing', 'What its ground truth job holds is not known without its training.');
  return heldOutNames(store, input, labels, null, running.signal);
}

/** The labels of an iteration as its receipt has them, with their images in the trainer. */
async function read(
  taking: TakingUp,
  id: string,
  { set }: Head,
  heldOut: readonly HeldOutFrame[],
): Promise<TakenUp | null> {
  const { connect, trainer, store, running, model } = taking;
  const { signal } = running;
  const receipt = await readReceipt(store, id);
  const { labels: sealed, task } = receipt?.results ?? {};
  if (receipt === null || sealed === undefined || task === undefined) return null;
  const { input } = receipt;
  const labels = await readLabels(store, sealed.manifest);
  const indexOf = await modelTable(trainer, labels.categories, model, signal);
  const { cvat } = connect(input.connection);
  const where = { connection: input.connection, taskId: task.taskId };
  const images = await openTaskImages({ cvat, store }, input.images, where, signal);
  const own = await ownHeldOut(taking, input, labels);
  const submitted = framesToSubmit(input, labels, own);
  const { submittable } = await withoutWithdrawn({ store, trainer, images, signal }, input, submitted);
  const measured = new Set(Object.values(set.origins).flatMap((origin) => origin.heldOut));
  const trainable = submittable.filter((one) => one.part === 'training' && !measured.has(one.imageId));
  const known = new Map<string, TrainedFrame>();
  const looked = await lookAtFrames({ trainer, store, images, indexOf, known, running }, trainable);
  if (looked.imageConflicts.length + looked.labelConflicts.length > 0) return null;
  const origin: TrainingOrigin = {
    ...where,
    project: input.project,
    images: input.images,
    model,
    indexOf: Object.fromEntries(labels.categories.map((one) => [one.name, indexOf.get(one.id) ?? 0])),
    categoryOf: Object.fromEntries(labels.categories.map((one) => [one.name, one.id])),
    heldOut: [...own].map((frame) => imageId({ ...input, frame })),
  };
  const frames: TrainedFrame[] = [];
  for (const one of looked.frames) {
    const { frame } = one;
    const image = async () => ({ imageId: one.imageId, name: frame.name, ...(await images(frame)) });
    const imageSha256 = one.imageSha256 ?? (await putImage(trainer, await image(), signal));
    if (one.submitted === null) continue;
    const { name, label } = frame;
    frames.push({
      imageId: one.imageId,
      by: id,
      name,
      frame: frame.frame,
      imageSha256,
      label,
      submitted: one.submitted,
    });
  }
  const origins = { ...set.origins, [id]: origin };
  const withheld = new Set(trainedHeldOut({ frames, origins }, taking.input, heldOut));
  return { origin, frames: frames.filter((frame) => !withheld.has(frame)) };
}
