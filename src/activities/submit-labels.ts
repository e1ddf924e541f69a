import type { IterationActivities } from '../contracts/activities.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { SubmissionManifest } from '../contracts/manifests.ts';
import type { ArtifactRef } from '../contracts/refs.ts';
import type { SubmissionRef } from '../contracts/training.ts';
import type { NotAmended, TrainedFrame } from '../contracts/training-set.ts';
import type { ArtifactStore } from '../storage/store.ts';
import type { Trainer } from '../trainer/trainer.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable, type Running } from './durable.ts';
import { groundTruthManifest, readGroundTruth, sealedTruth, withGroundTruth } from './gate/ground-truth.ts';
import { heldOutNames } from './gate/held-out-names.ts';
import { outsideFrames } from './gate/outside-frames.ts';
import { openTaskImages, type ImageSource } from './image-source.ts';
import { modelTable } from './model-table.ts';
import { readLabels } from './read-manifest.ts';
import { amendReplaced } from './training-set/amend-replaced.ts';
import { changesBy } from './training-set/changes-by.ts';
import { throwConflicts } from './training-set/conflicts.ts';
import { trainedFrames, unmeasuredOf, type DividedFrame, type HeldFrame } from './training-set/divide-frames.ts';
import { divideTask, trainedAgain } from './training-set/divide-task.ts';
import { expectedLabels } from './training-set/expected-labels.ts';
import { deletedImages, framesToSubmit } from './training-set/frames-to-submit.ts';
import { knownPictures, withPictures } from './training-set/held-out-pictures.ts';
import { lookAtFrames, type LookedFrame, type Looking, type SubmittedFrame } from './training-set/look-at-frames.ts';
import { originOf } from './training-set/origin-of.ts';
import { requireNoOtherFeed } from './training-set/other-feed.ts';
import { missingOf, putBackMissing } from './training-set/put-back-missing.ts';
import { putImage } from './training-set/put-image.ts';
import { putLabel } from './training-set/put-label.ts';
import { settleLabelTable } from './training-set/settle-label-table.ts';
import { appendVersion, type Head } from './training-set/set-chain.ts';
import { takeOut } from './training-set/take-out.ts';
import { takeUp } from './training-set/take-up.ts';
import { trainedHeldOut } from './training-set/trained-held-out.ts';
import { withFrames, withPutBack } from './training-set/with-frames.ts';
import { requireTrainer, trainingOf } from './training-of.ts';
import { settleWithdrawn } from './withdrawal/settle-withdrawn.ts';
import { withoutWithdrawn } from './withdrawal/without-withdrawn.ts';

/** What could not be taken up that travels with the iteration. */
const MAX_LEFT = 10;

type SubmitLabels = IterationActivities['submitLabels'];

interface Submitting {
  readonly id: string;
  readonly trainer: Trainer;
  readonly store: ArtifactStore;
  readonly images: ImageSource;
  readonly running: Running;
}

/** What the trainer holds for all frames. @throws MaskloopError `ImageConflict`, `LabelConflict` with all that is not ours */
async function lookAtAll(looking: Looking, frames: readonly SubmittedFrame[]): Promise<readonly LookedFrame[]> {
  const looked = await lookAtFrames(looking, frames);
  await throwConflicts(looking.store, 'ImageConflict', looked.imageConflicts);
  await throwConflicts(looking.store, 'LabelConflict', looked.labelConflicts);
  return looked.frames;
}

/** Stores the images that the trainer lacks. Alone they are never trained on. */
async function putImages(
  { trainer, images, running }: Submitting,
  frames: readonly LookedFrame[],
): Promise<readonly HeldFrame[]> {
  const held: HeldFrame[] = [];
  for (const looked of frames) {
    const { frame, imageId, imageSha256 } = looked;
    const image = async () => ({ imageId, name: frame.name, ...(await images(frame)) });
    held.push({ ...looked, imageSha256: imageSha256 ?? (await putImage(trainer, await image(), running.signal)) });
    running.report({ phase: 'images', done: held.length, total: frames.length });
  }
  return held;
}

async function putLabels(
  { trainer, store, running }: Submitting,
  frames: readonly TrainedFrame[],
  indexOf: Readonly<Record<string, number>>,
): Promise<void> {
  for (const [done, frame] of frames.entries()) {
    await putLabel({ trainer, store, signal: running.signal }, frame, indexOf);
    running.report({ phase: 'submission', done: done + 1, total: frames.length });
  }
}

/** Puts back what earlier iterations have lost; the training set says so before. @returns its newest version */
async function putBack(
  { id, trainer, store, running }: Submitting,
  connect: ActivityDependencies['connect'],
  { set }: Head,
): Promise<Head> {
  const others = [...(await expectedLabels(store, id, set)).frames.values()].filter(({ by }) => by !== id);
  const missing = await missingOf(trainer, others, running.signal);
  const images = missing.map(({ imageId }) => imageId);
  const head = await appendVersion(store, trainer, id, (now) => withPutBack(now, id, images));
  await putBackMissing({ connect, trainer, store, running }, head.set, missing);
  return head;
}

/** What the datastore counts can be no less than what was just stored in it, and it lists all of that. */
async function requireHeld(
  trainer: Trainer,
  images: number,
  frames: readonly TrainedFrame[],
  signal: AbortSignal,
): Promise<void> {
  const listed = new Set(await trainer.trainingSet(signal));
  const unlisted = frames.filter(({ imageId }) => !listed.has(imageId)).length;
  const counts = await trainer.counts(signal);
  if (counts.images >= images && counts.labelled >= frames.length && unlisted === 0) return;
  throw new MaskloopError(
    'DatastoreMismatch',
    `The trainer counts ${counts.images} images and ${counts.labelled} final labels after ${images} and ${frames.length} were stored, and does not list ${unlisted} of these.`,
    {
      facts: {
        images: counts.images,
        finalLabels: counts.labelled,
        storedImages: images,
        storedLabels: frames.length,
        unlisted,
      },
    },
  );
}

/** What a manifest says besides the frames. */
interface ManifestHead {
  readonly model: string;
  readonly indexOf: ReadonlyMap<number, number>;
  readonly truthFrames: SubmissionManifest['groundTruth'] | undefined;
}

function manifestOf(
  { model, indexOf, truthFrames }: ManifestHead,
  frames: readonly DividedFrame[],
): SubmissionManifest {
  return {
    model,
    modelIndexOf: Object.fromEntries(indexOf),
    frames: frames.map(({ frame, imageId, part, unmeasured, imageSha256, submitted }) => ({
      name: frame.name,
      imageId,
      part,
      ...(unmeasured === undefined ? {} : { unmeasured: true as const }),
      label: frame.label,
      submittedSha256: submitted?.sha256 ?? null,
      imageSha256,
    })),
    ...(truthFrames === undefined ? {} : { groundTruth: truthFrames }),
  };
}

/** What could not be taken up, as it travels with the iteration. */
function leftOf(left: readonly NotAmended[]): Pick<SubmissionRef, 'notTakenUp'> {
  return left.length === 0 ? {} : { notTakenUp: { count: left.length, first: left.slice(0, MAX_LEFT) } };
}

/**
 * Gives images and final labels to the trainer, never twice, and checks that it has them. Nothing is written before every
 * frame was looked at, and no label before the training set in the store names it.
 */
export function createSubmitLabels({ connect, store, isRunning }: ActivityDependencies): SubmitLabels {
  return durable(async (args, running) => {
    const { id, input, task, decisions = { putBack: false, approved: [] } } = args;
    const { signal } = running;
    const connection = connect(input.connection);
    const trainer = requireTrainer(connection, input.connection);
    const { model } = trainingOf(input);
    await requireNoOtherFeed(trainer, signal);
    const { cvat } = connection;
    const sealedLabels = await readLabels(store, args.labels.manifest);
    const truth = await readGroundTruth({ cvat, store, input, task, signal }, sealedLabels.categories);
    const labels = withGroundTruth(sealedLabels, truth);
    await settleWithdrawn({ store, trainer, by: id, signal });
    const indexOf = await modelTable(trainer, labels.categories, model, signal);
    const set = await settleLabelTable({ id, trainer, store, running }, model, decisions.approved);
    const expected = await expectedLabels(store, id, set);
    const heldOut = await heldOutNames(store, input, labels, truth, signal);
    const truthFrames = truth === null ? undefined : groundTruthManifest(input, truth);
    const outsidePlace = { store, cvat, input, categories: labels.categories, task, truth: truthFrames, signal };
    const outside = await outsideFrames(outsidePlace);
    const where = { connection: input.connection, taskId: task.taskId };
    const images = await openTaskImages({ cvat, store }, input.images, where, signal);
    const asking = { id, input, trainer, store, isRunning };
    const submitting: Submitting = { id, trainer, store, images, running };
    const sealed = framesToSubmit(input, labels, heldOut);
    const { submittable, withdrawn } = await withoutWithdrawn({ store, trainer, images, signal }, input, sealed);
    const looked = await lookAtAll({ ...submitting, indexOf, known: expected.known }, submittable);
    const all = await putImages(submitting, looked);
    const divided = await divideTask({ ...asking, task, set, approved: decisions.approved }, all);
    const { frames, measured, unmeasured } = divided;
    const trained = trainedFrames(id, frames);
    const held = [...measured, ...(await withPictures(outside, knownPictures([set]), signal))];
    const origin = originOf(input, { taskId: task.taskId, model }, labels, indexOf, { held, unmeasured });
    const deleted = deletedImages(input, labels);
    const kept = new Set(frames.map(({ imageId }) => imageId));
    const out = trainedAgain(set, trainedHeldOut(set, input, held), divided);
    const removed = await takeOut({ ...asking, signal, approved: decisions.approved }, set, { ...out, kept, deleted });
    // Labels of other tasks are right as they were sealed: they are no longer trained on, that is all.
    const replaced = removed.filter(({ imageId }) => kept.has(imageId) || deleted.has(imageId));
    await amendReplaced(store, id, expected, trained, replaced);
    const took = { ...origin, removed: removed.map(({ imageId }) => imageId) };
    const submitted = await appendVersion(store, trainer, id, (now) => withFrames(now, id, took, trained));
    const own = submitted.set.frames.filter(({ by }) => by === id);
    await putLabels(submitting, own, origin.indexOf);
    const up = await takeUp({ ...asking, model, connect, running }, submitted);
    const head = decisions.putBack ? await putBack(submitting, connect, up.head) : up.head;
    await requireHeld(trainer, frames.length, own, signal);
    const content = manifestOf({ model, indexOf, truthFrames }, frames);
    const manifest: ArtifactRef = await store.put(Buffer.from(JSON.stringify(content)));
    return {
      manifest,
      training: own.length,
      heldOut: frames.filter(({ part }) => part === 'heldOut').length,
      ...unmeasuredOf(frames),
      ...(await changesBy(store, id, head.set)),
      ...leftOf(up.left),
      ...(withdrawn.excluded + withdrawn.forgotten === 0 ? {} : { withdrawn }),
      ...(truth === null ? {} : { groundTruth: sealedTruth(truth) }),
    };
  });
}
