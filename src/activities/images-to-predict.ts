import { MaskloopError } from '../contracts/error.ts';
import type { IterationInput } from '../contracts/iteration.ts';
import type { TaskRef } from '../contracts/refs.ts';
import type { Cvat } from '../cvat/cvat.ts';
import { imageId } from '../monai/image-id.ts';
import { openContents } from '../storage/open-contents.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { imageFiles } from './image-files.ts';

/** A frame that is to be predicted. */
export interface FrameToPredict {
  readonly name: string;
  /** Number in its task; of an image of a folder its place there. */
  readonly frame: number;
  readonly imageId: string;
}

interface Site {
  readonly cvat: Cvat;
  readonly store: ArtifactStore;
}

/** What is predicted: all frames of the task that are not deleted; where it is still to be made, the images of the folder. */
async function framesOf(
  { cvat, store }: Site,
  { images }: Pick<IterationInput, 'images'>,
  task: Pick<TaskRef, 'taskId'> | null,
  signal: AbortSignal,
): Promise<readonly { readonly name: string; readonly frame: number }[]> {
  if (task === null) {
    if (images === null)
      throw new MaskloopError('NoImages', 'There is neither a folder of images nor a task to predict.');
    return imageFiles(await openContents(store, images)).map((name, frame) => ({ name, frame }));
  }
  const { frames, deletedFrames } = await cvat.taskMeta(task.taskId, signal);
  const deleted = new Set(deletedFrames);
  return frames.map(({ name }, frame) => ({ name, frame })).filter(({ frame }) => !deleted.has(frame));
}

/**
 * The frames that are to be predicted, with the ids under which the trainer knows their images: those of the training.
 *
 * @throws MaskloopError `NoImages`; `ImageConflict` if two of them would be one image; what CVAT throws
 */
export async function imagesToPredict(
  { cvat, store }: Site,
  input: IterationInput,
  task: Pick<TaskRef, 'taskId'> | null,
  signal: AbortSignal,
): Promise<readonly FrameToPredict[]> {
  const frames = (await framesOf({ cvat, store }, input, task, signal)).map(({ name, frame }) => {
    return { name, frame, imageId: imageId({ ...input, frame: name }) };
  });
  const names = new Map<string, string>();
  for (const { name, imageId: id } of frames) {
    const other = names.get(id);
    if (other !== undefined) {
      throw new MaskloopError('ImageConflict', `Frames "${other}" and "${name}" would be the same image ${id}.`, {
        facts: { frames: [other, name], image: id },
      });
    }
    names.set(id, name);
  }
  return frames;
}
