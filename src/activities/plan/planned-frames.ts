import type { CocoDocument } from '../../coco/coco.ts';
import type { IterationInput } from '../../contracts/iteration.ts';
import type { IterationPlan } from '../../contracts/plan.ts';
import type { Cvat } from '../../cvat/cvat.ts';
import { stemOf } from '../../cvat/frame-names.ts';
import { placeFrames } from '../../cvat/place-frames.ts';
import { imageFiles } from '../image-files.ts';
import { verifyFolder } from '../in-place.ts';
import type { FoundTask } from './planned-task.ts';

/** Names of the frames: of the task, or of the images that it would be made from. */
export async function frameNames(
  cvat: Cvat,
  input: IterationInput,
  found: FoundTask | null,
  signal: AbortSignal,
): Promise<readonly string[] | null> {
  if (found === null) return null;
  if (found.task !== null) return (await cvat.taskMeta(found.task.taskId, signal)).frames.map(({ name }) => name);
  return input.images === null ? null : imageFiles(await verifyFolder(input.images, signal));
}

/** Every mask has an image, of which its frame would be made. @throws MaskloopError `FrameMismatch` */
export function requireImages({ images }: CocoDocument, files: readonly string[]): void {
  const frames = files.map((name) => ({ name, width: 0, height: 0 }));
  placeFrames(
    images.map(({ file_name }) => file_name),
    { frames, video: null },
  );
}

/** How many frames have a mask. */
export function frameCounts({ images }: CocoDocument, frames: readonly string[]): IterationPlan['frames'] {
  const masks = new Set(images.map(({ file_name }) => stemOf(file_name)));
  const matched = frames.filter((name) => masks.has(stemOf(name))).length;
  return { matched, withoutMask: frames.length - matched };
}
