import { MaskloopError } from '../../contracts/error.ts';
import { stemOf } from '../../contracts/file-stem.ts';
import { MOST_PICTURE_BYTES, type PictureRequest } from '../../contracts/look.ts';
import type { FolderRef } from '../../contracts/refs.ts';
import type { Cvat } from '../../cvat/cvat.ts';
import { shownPicture } from '../../pictures/shown-picture.ts';
import { hashBytes } from '../../storage/file-hash.ts';
import { openContents } from '../../storage/open-contents.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { isImageFile } from '../image-files.ts';
import { notedTaskImages } from '../task-images.ts';

interface Site {
  readonly cvat: Cvat;
  readonly store: ArtifactStore;
}

/**
 * The picture of a frame as people see it in CVAT, in a format that browsers show: from the folder that the task was filled from, while
 * the file there is still the same, else from CVAT in original quality.
 *
 * @throws MaskloopError `FrameUnknown`, `PictureRefused`, `BrokenImage`; what CVAT, folder and store may meet
 */
export async function pictureOfFrame(site: Site, request: PictureRequest, signal: AbortSignal): Promise<Uint8Array> {
  const bytes = (await fromFolder(site, request)) ?? (await fromCvat(site.cvat, request, signal));
  return shownPicture(bounded(bytes, request.name), request.name);
}

/** Null where the task was not filled from the folder, or the file has changed since. */
async function fromFolder(
  site: Site,
  { connection, taskId, name, images }: PictureRequest,
): Promise<Uint8Array | null> {
  if (images === null) return null;
  if (taskId === null) return readByStem(site.store, images, name);
  const noted = await notedTaskImages(site, { connection, taskId });
  const hash = noted?.hashOf(name);
  if (hash === undefined) return null;
  const bytes = await readByStem(site.store, images, name).catch(() => null);
  return bytes !== null && hashBytes(bytes) === hash ? bytes : null;
}

async function readByStem(store: ArtifactStore, images: FolderRef, name: string): Promise<Uint8Array | null> {
  const folder = await openContents(store, images);
  const file = folder.names.find((one) => isImageFile(one) && stemOf(one) === stemOf(name));
  if (file === undefined) return null;
  requireSize(await folder.sizeOf(file), name);
  return folder.read(file);
}

async function fromCvat(cvat: Cvat, { taskId, name, frame }: PictureRequest, signal: AbortSignal): Promise<Uint8Array> {
  const number = taskId === null ? null : (frame ?? (await numberOf(cvat, taskId, name, signal)));
  if (taskId === null || number === null) {
    throw new MaskloopError('FrameUnknown', `There is no picture of the frame "${name}".`, { facts: { frame: name } });
  }
  return (await cvat.frameOriginal(taskId, number, signal)).bytes;
}

/** A mask may leave out its ending, and the folder that all frames lie in. */
async function numberOf(cvat: Cvat, taskId: number, name: string, signal: AbortSignal): Promise<number | null> {
  const { frames } = await cvat.taskMeta(taskId, signal);
  const exact = frames.findIndex((frame) => stemOf(frame.name) === stemOf(name));
  if (exact !== -1) return exact;
  const ending = frames.flatMap((frame, index) => (stemOf(frame.name).endsWith(`/${stemOf(name)}`) ? [index] : []));
  return ending.length === 1 ? (ending[0] ?? null) : null;
}

function bounded(bytes: Uint8Array, name: string): Uint8Array {
  requireSize(bytes.length, name);
  return bytes;
}

function requireSize(bytes: number, name: string): void {
  if (bytes <= MOST_PICTURE_BYTES) return;
  throw new MaskloopError('PictureRefused', `The picture of "${name}" has ${bytes} bytes, more than a page shows.`, {
    facts: { frame: name, bytes, most: MOST_PICTURE_BYTES },
  });
}
