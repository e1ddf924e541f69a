import type { ForIteration } from '../contracts/iteration.ts';
import type { TaskRef } from '../contracts/refs.ts';
import type { Cvat } from '../cvat/cvat.ts';
import { forgottenHashes } from '../storage/forgotten-files.ts';
import { hashBytes } from '../storage/file-hash.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { filledTask } from './adopt-task.ts';
import { openImageSource, openTaskImages, type ImageSource } from './image-source.ts';
import { imagesToPredict, type FrameToPredict } from './images-to-predict.ts';
import { requireUnforgotten } from './withdrawal/require-unforgotten.ts';
import { withdrawnImages } from './withdrawal/withdrawn-images.ts';

interface Site {
  readonly cvat: Cvat;
  readonly store: ArtifactStore;
}

/** Frames that are to be predicted, and where their pictures are read. */
export interface Pictures {
  readonly frames: readonly FrameToPredict[];
  readonly images: ImageSource;
}

/**
 * The pictures that a model predicts: of a task that is there those that people see, as the training reads them; of one that
 * is still to be made the images of the folder. Frames that were forgotten are left out: the trainer would be given them again.
 *
 * @param task null where the frames come from a folder
 * @throws MaskloopError `FrameForgotten` where a task would be made of such images; what {@link imagesToPredict} and the sources throw
 */
export async function picturesToPredict(
  { cvat, store }: Site,
  { id, input }: ForIteration,
  task: Pick<TaskRef, 'taskId'> | null,
  signal: AbortSignal,
): Promise<Pictures> {
  const { images: folder, connection } = input;
  const shown = task ?? (await taskThere(cvat, { id, input }, signal));
  if (shown === null && folder !== null) await requireUnforgotten(store, folder, signal);
  const images =
    shown === null
      ? await openImageSource({ cvat, store }, folder, 0, signal)
      : await openTaskImages({ cvat, store }, folder, { connection, taskId: shown.taskId }, signal);
  const withdrawn = await withdrawnImages(store, input);
  const known = (await imagesToPredict({ cvat, store }, input, shown, signal)).filter(
    ({ imageId }) => withdrawn.get(imageId) !== 'forgotten',
  );
  const gone = await forgottenHashes(store);
  if (gone.size === 0 || shown === null) return { frames: known, images };
  const frames: FrameToPredict[] = [];
  // The same picture may have been forgotten as a frame of another task.
  for (const frame of known) if (!gone.has(hashBytes((await images(frame)).bytes))) frames.push(frame);
  return { frames, images };
}

async function taskThere(
  cvat: Cvat,
  { id, input }: ForIteration,
  signal: AbortSignal,
): Promise<Pick<TaskRef, 'taskId'> | null> {
  const project = await cvat.findProject(input.project, signal);
  const found = project === null ? null : await filledTask(cvat, project.id, { id, input }, signal);
  return found === null ? null : { taskId: found.id };
}
