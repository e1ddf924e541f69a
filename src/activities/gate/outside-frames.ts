import { readMask } from '../../coco/read-mask.ts';
import { writeMask } from '../../coco/write-mask.ts';
import { MaskloopError } from '../../contracts/error.ts';
import type { HeldOutSource } from '../../contracts/gate.ts';
import { heldOutTask } from '../../contracts/held-out-task.ts';
import type { IterationInput } from '../../contracts/iteration.ts';
import type { GroundTruthManifest } from '../../contracts/manifests.ts';
import type { ArtifactRef, TaskRef } from '../../contracts/refs.ts';
import type { Cvat } from '../../cvat/cvat.ts';
import { stemOf } from '../../contracts/file-stem.ts';
import { imageId } from '../../monai/image-id.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { verifyContents } from '../../storage/verify-contents.ts';
import { imageFiles } from '../image-files.ts';
import { openImageSource, openTaskImages, type ImageSource } from '../image-source.ts';
import { trainingOf } from '../training-of.ts';
import { byNameOf, inIterationCategories, type Categories } from './label-categories.ts';
import { withdrawnImages } from '../withdrawal/withdrawn-images.ts';
import { sealedTask } from './sealed-task.ts';

type FolderSource = Extract<HeldOutSource, { kind: 'folder' }>;

/** A held-out frame that is not of the iteration's own task. */
export interface OutsideFrame {
  readonly name: string;
  readonly imageId: string;
  readonly image: ImageSource;
  /** Its number in its own task; 0 in a folder. */
  readonly frame: number;
  /** The label in this iteration's category ids. */
  label(): Promise<ArtifactRef>;
}

interface Place {
  readonly store: ArtifactStore;
  readonly cvat: Cvat;
  readonly input: IterationInput;
  readonly categories: Categories;
  readonly task: Pick<TaskRef, 'taskId'>;
  /** What the submission says of the ground truth. */
  readonly truth: GroundTruthManifest | undefined;
  readonly signal: AbortSignal;
}

/** Names of the held-out frames outside of the task, without a look at their contents. @throws MaskloopError `HeldOutMissing` */
export async function outsideNames(
  store: ArtifactStore,
  input: IterationInput,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { heldOut } = trainingOf(input);
  if (heldOut?.kind === 'folder') return imageFiles(await verifyContents(store, heldOut.images, { signal }));
  if (heldOut?.kind !== 'task') return [];
  return (await sealedTask(store, input, heldOut.task)).labels.frames.map(({ name }) => name);
}

/** The held-out frames outside of the task; none where the task's own are held out. */
export async function outsideFrames(place: Place): Promise<readonly OutsideFrame[]> {
  const { heldOut } = trainingOf(place.input);
  if (heldOut?.kind === 'folder') return ofFolder(place, heldOut);
  if (heldOut?.kind === 'task') return framesOfTask(place, heldOut.task);
  return heldOut?.kind === 'ground-truth' && heldOut.task !== null ? ofGroundTruth(place, heldOut.task) : [];
}

/** The frames of another task's ground truth job as the submission has them. */
async function ofGroundTruth(
  { store, cvat, input, truth, signal }: Place,
  name: string,
): Promise<readonly OutsideFrame[]> {
  if (truth === undefined) return [];
  const image = await openImageSource({ cvat, store }, null, truth.taskId, signal);
  const withdrawn = await withdrawnImages(store, { connection: input.connection, project: input.project, task: name });
  return truth.outside
    .filter((frame) => !withdrawn.has(frame.imageId))
    .map(({ label, ...frame }) => ({ ...frame, image, label: async () => label }));
}

async function ofFolder(place: Place, source: FolderSource): Promise<readonly OutsideFrame[]> {
  const { store, cvat, input, categories, task, signal } = place;
  const images = await verifyContents(store, source.images, { signal });
  const masks = await verifyContents(store, source.masks, { signal });
  const byStem = new Map(imageFiles(masks).map((name) => [stemOf(name), name]));
  const image = await openImageSource({ cvat, store }, source.images, task.taskId, signal);
  return imageFiles(images).map((name) => {
    const file = byStem.get(stemOf(name));
    if (file === undefined) {
      throw new MaskloopError('FrameMismatch', `${masks.where} has no mask for held-out image "${name}".`, {
        facts: { folder: masks.where, frame: name },
      });
    }
    const { connection, project } = input;
    const where = { connection, project, task: heldOutTask(source.images), frame: name };
    const label = async (): Promise<ArtifactRef> => {
      const mask = readMask(await masks.read(file), file);
      return store.put(writeMask(inIterationCategories(mask, input.conversion.rules, categories, file)));
    };
    return { name, imageId: imageId(where), image, frame: 0, label };
  });
}

/** The frames of another task of the project as it was sealed. @throws MaskloopError `HeldOutMissing` if it was not */
export async function framesOfTask(
  place: Pick<Place, 'store' | 'cvat' | 'input' | 'categories' | 'signal'>,
  name: string,
): Promise<readonly OutsideFrame[]> {
  const { store, cvat, input, categories, signal } = place;
  const sealed = await sealedTask(store, input, name);
  const shown = { connection: input.connection, taskId: sealed.task.taskId };
  const image = await openTaskImages({ cvat, store }, sealed.images, shown, signal);
  const where = { connection: input.connection, project: input.project, task: name };
  const withdrawn = await withdrawnImages(store, where);
  const frames = sealed.labels.frames.filter((frame) => !withdrawn.has(imageId({ ...where, frame: frame.name })));
  return frames.map((frame) => ({
    name: frame.name,
    imageId: imageId({ ...where, frame: frame.name }),
    image,
    frame: frame.frame,
    label: async () => {
      const mask = readMask(await store.get(frame.label), frame.name);
      return store.put(writeMask(byNameOf(mask, sealed.labels.categories, categories, frame.name)));
    },
  }));
}
