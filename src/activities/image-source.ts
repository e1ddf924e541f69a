import { extname } from 'node:path';
import { MaskloopError } from '../contracts/error.ts';
import type { FolderRef } from '../contracts/refs.ts';
import type { Cvat } from '../cvat/cvat.ts';
import { stemOf } from '../contracts/file-stem.ts';
import type { FolderContents } from '../storage/folder-contents.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { verifyContents } from '../storage/verify-contents.ts';
import { imageFiles } from './image-files.ts';
import { notedTaskImages, type TaskPlace } from './task-images.ts';
import { hashBytes } from '../storage/file-hash.ts';

/** Reads the original image of a frame. */
export type ImageSource = (frame: { name: string; frame: number }) => Promise<{ bytes: Uint8Array; extension: string }>;

const EXTENSION_OF_TYPE: Readonly<Record<string, string>> = {
  'image/png': '.png',
  'image/jpeg': '.jpg',
  'image/bmp': '.bmp',
  'image/x-webp': '.webp',
  'image/webp': '.webp',
  'image/tiff': '.tif',
};

function fromFolder(folder: FolderContents): ImageSource {
  const byStem = new Map(imageFiles(folder).map((name) => [stemOf(name), name]));
  return async ({ name }) => {
    const file = byStem.get(stemOf(name));
    if (file === undefined) {
      throw new MaskloopError('FrameMismatch', `${folder.where} has no image for frame "${name}".`, {
        facts: { folder: folder.where, frame: name },
      });
    }
    return { bytes: await folder.read(file), extension: extname(file).toLowerCase() };
  };
}

function fromCvat(cvat: Cvat, taskId: number, signal: AbortSignal): ImageSource {
  return async ({ name, frame }) => {
    const { bytes, contentType } = await cvat.frameOriginal(taskId, frame, signal);
    const extension = EXTENSION_OF_TYPE[contentType.split(';')[0]?.trim() ?? ''] ?? extname(name).toLowerCase();
    return { bytes, extension };
  };
}

/**
 * Images come from the folder that was named, else from CVAT in original quality: never compressed ones.
 *
 * @throws MaskloopError `NoImages`; what {@link verifyContents} throws for a folder that is no longer as it was
 */
export async function openImageSource(
  { cvat, store }: { readonly cvat: Cvat; readonly store: ArtifactStore },
  images: FolderRef | null,
  taskId: number,
  signal: AbortSignal,
): Promise<ImageSource> {
  if (images === null) return fromCvat(cvat, taskId, signal);
  return fromFolder(await verifyContents(store, images, { signal }));
}

/**
 * Images that the frames of a task were made of. A folder is read only where we filled the task from it, and of it only
 * images that are what they were then; all others come from CVAT in original quality, since it is these that people saw.
 *
 * @throws what {@link openImageSource} throws
 */
export async function openTaskImages(
  { cvat, store }: { readonly cvat: Cvat; readonly store: ArtifactStore },
  images: FolderRef | null,
  where: TaskPlace,
  signal: AbortSignal,
): Promise<ImageSource> {
  const shown = fromCvat(cvat, where.taskId, signal);
  const noted = images === null ? null : await notedTaskImages({ cvat, store }, where);
  if (noted === null) return shown;
  const filled = await openImageSource({ cvat, store }, images, where.taskId, signal);
  return async (frame) => {
    const hash = noted.hashOf(frame.name);
    if (hash === undefined) return shown(frame);
    const image = await filled(frame);
    return hashBytes(image.bytes) === hash ? image : shown(frame);
  };
}
