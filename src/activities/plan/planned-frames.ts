import type { CocoDocument } from '../../coco/coco.ts';
import type { IterationInput } from '../../contracts/iteration.ts';
import type { IterationPlan } from '../../contracts/plan.ts';
import type { Cvat, Frame } from '../../cvat/cvat.ts';
import { stemOf } from '../../contracts/file-stem.ts';
import { folderLeftOut, placeFrames } from '../../cvat/place-frames.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { verifyContents } from '../../storage/verify-contents.ts';
import { imageFiles } from '../image-files.ts';
import type { FoundTask } from './planned-task.ts';

/** Names of the frames: of the task, or of the images that it would be made from. */
export async function frameNames(
  { cvat, store }: { readonly cvat: Cvat; readonly store: ArtifactStore },
  input: IterationInput,
  found: FoundTask | null,
  signal: AbortSignal,
): Promise<readonly string[] | null> {
  if (found === null) return null;
  if (found.task !== null) return (await cvat.taskMeta(found.task.taskId, signal)).frames.map(({ name }) => name);
  return input.images === null ? null : imageFiles(await verifyContents(store, input.images, { signal }));
}

/** Every mask has an image, of which its frame would be made. @throws MaskloopError `FrameMismatch` */
export function requireImages({ images }: CocoDocument, files: readonly string[]): void {
  const names = images.map(({ file_name }) => file_name);
  placeFrames(names, { frames: files.map(sizeless), video: null });
}

/** How many frames have a mask; a folder that all masks lie in may be left out, as where they are placed. */
export function frameCounts(
  { images }: Pick<CocoDocument, 'images'>,
  frames: readonly string[],
): IterationPlan['frames'] {
  const names = images.map(({ file_name }) => file_name);
  const root = folderLeftOut(names, { frames: frames.map(sizeless) });
  const masks = new Set(names.map(stemOf).flatMap((stem) => [stem, root + stem]));
  const matched = frames.filter((name) => masks.has(stemOf(name))).length;
  return { matched, withoutMask: frames.length - matched };
}

/** Where frames are placed by name alone. */
function sizeless(name: string): Frame {
  return { name, width: 0, height: 0 };
}
