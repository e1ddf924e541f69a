import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { MaskloopError } from '../contracts/error.ts';
import type { FolderRef } from '../contracts/refs.ts';
import type { Cvat } from '../cvat/cvat.ts';
import { stemOf } from '../contracts/file-stem.ts';
import { imageFiles } from './image-files.ts';
import { verifyFolder } from './in-place.ts';

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

async function fromFolder(folder: string): Promise<ImageSource> {
  const byStem = new Map((await imageFiles(folder)).map((name) => [stemOf(name), name]));
  return async ({ name }) => {
    const file = byStem.get(stemOf(name));
    if (file === undefined) {
      throw new MaskloopError('FrameMismatch', `${folder} has no image for frame "${name}".`, {
        facts: { folder, frame: name },
      });
    }
    return { bytes: await readFile(join(folder, file)), extension: extname(file).toLowerCase() };
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
 * @throws MaskloopError `InputChanged`, `NoImages`, `UnreadableFile` for a folder that is no longer as it was
 */
export async function openImageSource(
  cvat: Cvat,
  images: FolderRef | null,
  taskId: number,
  signal: AbortSignal,
): Promise<ImageSource> {
  if (images === null) return fromCvat(cvat, taskId, signal);
  return fromFolder(await verifyFolder(images, signal));
}
