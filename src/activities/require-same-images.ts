import { MaskloopError } from '../contracts/error.ts';
import { stemOf } from '../contracts/file-stem.ts';
import type { FolderRef } from '../contracts/refs.ts';
import type { Cvat, Frame } from '../cvat/cvat.ts';
import { pictureSize } from '../pictures/picture-size.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { verifyContents, type VerifiedContents } from '../storage/verify-contents.ts';
import { imageFiles } from './image-files.ts';
import { notedTaskImages, type TaskPlace } from './task-images.ts';

/** Frames that the facts name. */
const NAMED = 10;

/** An image of the folder, and its place among all files of it. */
interface Image {
  readonly name: string;
  readonly index: number;
}

/**
 * Makes sure that a task which is there shows the images of the folder that was named: those that we filled it from, by their
 * hashes; one that others made has an image of the same name, extensions aside, and size for each frame. Deleted frames do
 * not count, nor do images of which no frame was made.
 *
 * @throws MaskloopError `ImagesDiffer`, `NoImages`; what {@link verifyContents} throws
 */
export async function requireSameImages(
  { cvat, store }: { readonly cvat: Cvat; readonly store: ArtifactStore },
  where: TaskPlace,
  images: FolderRef,
  signal: AbortSignal,
): Promise<void> {
  const noted = await notedTaskImages({ cvat, store }, where);
  if (noted?.digest === images.sha256) return;
  const folder = await verifyContents(store, images, { signal });
  const { frames, deletedFrames } = await cvat.taskMeta(where.taskId, signal);
  const imageOf = imagesByFrame(folder);
  const deleted = new Set(deletedFrames);
  const wrong: { readonly frame: string; readonly why: string }[] = [];
  for (const [number, frame] of frames.entries()) {
    if (deleted.has(number)) continue;
    signal.throwIfAborted();
    const image = imageOf(frame.name);
    const hash = noted?.hashOf(frame.name);
    if (image === null) wrong.push({ frame: frame.name, why: 'has no image there' });
    else if (hash === undefined) wrong.push(...(await otherSize(folder, image, frame)));
    else if (hash !== folder.hashAt(image.index)) wrong.push({ frame: frame.name, why: 'was made of another image' });
  }
  const [first] = wrong;
  if (first === undefined) return;
  const url = cvat.taskUrl(where.taskId);
  throw new MaskloopError(
    'ImagesDiffer',
    `Task ${where.taskId} (${url}) does not show the images of ${folder.where}: ${wrong.length} of ${frames.length} frames differ; "${first.frame}" ${first.why}.`,
    {
      facts: {
        task: where.taskId,
        url,
        folder: folder.where,
        count: wrong.length,
        frames: wrong.slice(0, NAMED).map(({ frame, why }) => `${frame} ${why}`),
      },
    },
  );
}

/** The image of exactly a frame's name, else the one that differs in its extension alone. */
function imagesByFrame(folder: VerifiedContents): (frame: string) => Image | null {
  const indexOf = new Map(folder.names.map((name, index) => [name, index]));
  const images = imageFiles(folder).map((name) => ({ name, index: indexOf.get(name) ?? -1 }));
  const byName = new Map(images.map((image) => [image.name, image]));
  const byStem = new Map(images.map((image) => [stemOf(image.name), image]));
  return (frame) => byName.get(frame) ?? byStem.get(stemOf(frame)) ?? null;
}

/** A frame of another size than its image; CVAT turns images as their EXIF says. */
async function otherSize(
  folder: VerifiedContents,
  { name }: Image,
  frame: Frame,
): Promise<readonly { readonly frame: string; readonly why: string }[]> {
  const size = await pictureSize(await folder.read(name));
  if (size === null) return [];
  const { width, height, isTurned } = size;
  const isSame = width === frame.width && height === frame.height;
  if (isSame || (isTurned && height === frame.width && width === frame.height)) return [];
  return [
    { frame: frame.name, why: `is ${frame.width} × ${frame.height} pixels, its image there ${width} × ${height}` },
  ];
}
