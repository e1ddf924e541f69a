import { createHash } from 'node:crypto';
import type { IterationActivities } from '../contracts/activities.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { IterationInput } from '../contracts/iteration.ts';
import type { LabelledFrame, LabelManifest, SubmissionManifest } from '../contracts/manifests.ts';
import { narrowMask } from '../coco/narrow-mask.ts';
import { readMask } from '../coco/read-mask.ts';
import { writeMask } from '../coco/write-mask.ts';
import { imageId } from '../monai/image-id.ts';
import type { Trainer } from '../trainer/trainer.ts';
import type { ArtifactStore } from '../storage/store.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable, type Running } from './durable.ts';
import { chooseHeldOut } from './hold-out.ts';
import { openImageSource, type ImageSource } from './image-source.ts';
import { modelTable } from './model-table.ts';
import { readLabels } from './read-manifest.ts';
import { requireTrainer, trainingOf } from './training-of.ts';

type SubmittedFrame = SubmissionManifest['frames'][number];

interface Submitting {
  readonly input: IterationInput;
  readonly trainer: Trainer;
  readonly store: ArtifactStore;
  readonly images: ImageSource;
  readonly indexOf: ReadonlyMap<number, number>;
  readonly labelInfo: readonly { name: string; idx: number }[];
  readonly signal: AbortSignal;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The label as the model wants it: its own indices instead of category ids. */
async function labelForModel({ store, indexOf }: Submitting, frame: LabelledFrame): Promise<Uint8Array> {
  const mask = readMask(await store.get(frame.label), frame.name);
  const values = Uint16Array.from(mask.values, (value) => indexOf.get(value) ?? 0);
  return writeMask(narrowMask({ ...mask, values }));
}

function conflict(frame: LabelledFrame, id: string, why: string): MaskloopError {
  return new MaskloopError('LabelConflict', `MONAI Label holds ${why} for frame "${frame.name}" (image ${id}).`, {
    facts: { frame: frame.name, image: id },
  });
}

/** Stores an image and reads it back; one that is there already must be the same, and is never sent again. */
async function putImage({ trainer, images, signal }: Submitting, frame: LabelledFrame, id: string): Promise<void> {
  const { bytes, extension } = await images(frame);
  const held = await trainer.getImage(id, signal);
  if (held === null) await trainer.putImage({ imageId: id, fileName: `${id}${extension}`, bytes }, signal);
  const stored = held ?? (await trainer.getImage(id, signal));
  if (stored !== null && sha256(stored) === sha256(bytes)) return;
  throw new MaskloopError('ImageConflict', `MONAI Label holds another image for frame "${frame.name}" (image ${id}).`, {
    facts: { frame: frame.name, image: id },
  });
}

/** Stores a final label and reads it back; one that is there already must be the same. */
async function putLabel(submitting: Submitting, frame: LabelledFrame, id: string): Promise<string> {
  const { trainer, labelInfo, signal } = submitting;
  const bytes = await labelForModel(submitting, frame);
  const wanted = sha256(bytes);
  const held = await trainer.getLabel(id, signal);
  if (held !== null && sha256(held) !== wanted) throw conflict(frame, id, 'another final label');
  if (held === null) {
    await trainer.putLabel({ imageId: id, fileName: `${id}.png`, bytes, labelInfo }, signal);
    const stored = await trainer.getLabel(id, signal);
    if (stored === null || sha256(stored) !== wanted) {
      throw new MaskloopError(
        'DatastoreMismatch',
        `MONAI Label does not give back the label of frame "${frame.name}" (image ${id}).`,
        {
          facts: { frame: frame.name, image: id },
        },
      );
    }
  }
  return wanted;
}

async function submitFrame(
  submitting: Submitting,
  frame: LabelledFrame,
  part: SubmittedFrame['part'],
): Promise<SubmittedFrame> {
  const { input, trainer, signal } = submitting;
  const id = imageId({ project: input.project, task: input.task, frame: frame.name });
  await putImage(submitting, frame, id);
  if (part === 'heldOut' && (await trainer.getLabel(id, signal)) !== null) {
    throw conflict(frame, id, 'a final label, though the frame is held out,');
  }
  const submittedSha256 = part === 'training' ? await putLabel(submitting, frame, id) : null;
  return { name: frame.name, imageId: id, part, label: frame.label, submittedSha256 };
}

async function submitAll(
  submitting: Submitting,
  labels: LabelManifest,
  heldOut: ReadonlySet<string>,
  running: Running,
): Promise<SubmittedFrame[]> {
  const frames: SubmittedFrame[] = [];
  for (const frame of labels.frames) {
    frames.push(await submitFrame(submitting, frame, heldOut.has(frame.name) ? 'heldOut' : 'training'));
    running.report({ phase: 'submission', done: frames.length, total: labels.frames.length });
  }
  return frames;
}

/** What the datastore counts can be no less than what was just stored in it. */
async function requireCounted(trainer: Trainer, frames: readonly SubmittedFrame[], signal: AbortSignal): Promise<void> {
  const trained = frames.filter(({ part }) => part === 'training').length;
  const { images, labelled } = await trainer.counts(signal);
  if (images >= frames.length && labelled >= trained) return;
  throw new MaskloopError(
    'DatastoreMismatch',
    `MONAI Label counts ${images} images and ${labelled} final labels after ${frames.length} and ${trained} were stored.`,
    { facts: { images, finalLabels: labelled, storedImages: frames.length, storedLabels: trained } },
  );
}

/** Gives images and final labels to MONAI Label, never twice, and checks that it has them. */
export function createSubmitLabels({ connect, store }: ActivityDependencies): IterationActivities['submitLabels'] {
  return durable(async ({ input, task, labels: sealed }, running) => {
    const { signal } = running;
    const connection = connect(input.connection);
    const trainer = requireTrainer(connection, input.connection);
    const { model, heldOutFraction } = trainingOf(input);
    const labels = await readLabels(store, sealed.manifest);
    const indexOf = await modelTable(trainer, labels.categories, model, signal);
    const labelInfo = labels.categories.map((category) => ({
      name: category.name,
      idx: indexOf.get(category.id) ?? 0,
    }));
    const images = await openImageSource(connection.cvat, input, task, signal);
    const heldOut = chooseHeldOut(
      labels.frames.map(({ name }) => name),
      heldOutFraction,
      // Every iteration of a task holds out the same frames, or one would be measured on what another trained on.
      JSON.stringify([input.project, input.task]),
    );
    const frames = await submitAll(
      { input, trainer, store, images, indexOf, labelInfo, signal },
      labels,
      heldOut,
      running,
    );
    await requireCounted(trainer, frames, signal);
    const manifest: SubmissionManifest = { model, modelIndexOf: Object.fromEntries(indexOf), frames };
    return {
      manifest: await store.put(Buffer.from(JSON.stringify(manifest))),
      training: frames.length - heldOut.size,
      heldOut: heldOut.size,
    };
  });
}
