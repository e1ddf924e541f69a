import { MaskloopError } from '../contracts/error.ts';
import type { FolderRef } from '../contracts/refs.ts';
import type { Cvat } from '../cvat/cvat.ts';
import { byName } from '../cvat/data-options.ts';
import { openContents } from '../storage/open-contents.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { imageFiles } from './image-files.ts';

/** Frames that a message names. */
const NAMED = 10;

/**
 * Makes sure that a task that was made of a folder has one frame for each of its images, in the order of their names.
 *
 * @throws MaskloopError `TaskCreationFailed`, `NoImages`, `UnreadableFile`
 */
export async function requireFrames(
  { cvat, store }: { readonly cvat: Cvat; readonly store: ArtifactStore },
  taskId: number,
  images: FolderRef,
  signal: AbortSignal,
): Promise<void> {
  const expected = byName(imageFiles(await openContents(store, images)), (name) => name);
  const held = (await cvat.taskMeta(taskId, signal)).frames.map(({ name }) => name);
  const wrong = Array.from({ length: Math.max(expected.length, held.length) }, (_, frame) => frame).filter(
    (frame) => expected[frame] !== held[frame],
  );
  const [first] = wrong;
  if (first === undefined) return;
  const url = cvat.taskUrl(taskId);
  throw new MaskloopError(
    'TaskCreationFailed',
    `Task ${taskId} (${url}) has ${held.length} frames of ${expected.length} images; frame ${first} is ${quoted(held[first])}, not ${quoted(expected[first])}. Delete it in CVAT if nobody has worked in it.`,
    {
      facts: {
        task: taskId,
        url,
        images: expected.length,
        frames: held.length,
        differ: wrong.slice(0, NAMED).map((frame) => [frame, expected[frame] ?? null, held[frame] ?? null]),
      },
    },
  );
}

function quoted(name: string | undefined): string {
  return name === undefined ? 'missing' : `"${name}"`;
}
