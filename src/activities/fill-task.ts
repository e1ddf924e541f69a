import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MaskloopError } from '../contracts/error.ts';
import type { FolderRef } from '../contracts/refs.ts';
import type { Cvat, UploadFile } from '../cvat/cvat.ts';
import { listFiles } from '../storage/folder-files.ts';
import type { Running } from './durable.ts';
import { verifyFolder } from './in-place.ts';

/** Image files by their extension, as CVAT takes them. */
const IMAGE_FILE = /\.(png|jpe?g|bmp|webp|tiff?)$/i;

/** The images of a folder, in the order of their names. */
export async function imageFiles(folder: string): Promise<readonly string[]> {
  const names = (await listFiles(folder)).filter((name) => IMAGE_FILE.test(name));
  if (names.length === 0) {
    throw new MaskloopError('NoImages', `${folder} holds no image.`, { facts: { folder } });
  }
  const nested = names.find((name) => name.includes('/'));
  if (nested !== undefined) {
    throw new MaskloopError(
      'NoImages',
      `${folder} has its images in subfolders (${nested}); CVAT would lose the folder in their names.`,
      {
        facts: { folder, example: nested },
      },
    );
  }
  return names;
}

/**
 * Uploads the images of a new task and waits until CVAT has made its frames.
 *
 * @throws MaskloopError `NoImages`, `InputChanged`, `TaskCreationFailed`
 */
export async function fillTask(
  cvat: Cvat,
  taskId: number,
  images: FolderRef,
  { signal, report }: Running,
): Promise<void> {
  const folder = await verifyFolder(images, signal);
  const names = await imageFiles(folder);
  const files: UploadFile[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const { size } = await stat(path);
    files.push({ name, bytes: size, read: () => readFile(path) });
  }
  const requestId = await cvat.uploadImages(taskId, files, {
    signal,
    onProgress: (done) => report({ phase: 'frames', done: done.files, total: files.length }),
  });
  const request = await cvat.waitForRequest(requestId, { signal });
  if (request.status === 'failed') {
    throw new MaskloopError('TaskCreationFailed', `CVAT could not make task ${taskId}: ${request.message}`, {
      facts: { task: taskId, answer: request.message },
    });
  }
}
