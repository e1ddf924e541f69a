import { z } from 'zod';
import type { IterationInput } from '../contracts/iteration.ts';
import { imageUploadName } from '../contracts/ids.ts';
import type { FolderRef } from '../contracts/refs.ts';
import type { Cvat } from '../cvat/cvat.ts';
import type { FilesSent } from '../cvat/upload-file.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { parsedOrNull } from './stored-document.ts';

/** An upload of a task's images that CVAT was told of. */
interface ImageUpload {
  readonly schema: 'maskloop.upload/1';
  /** Address of the task, which tells it from one of the same number in another CVAT. */
  readonly task: string;
  /** Digest of the folder of images. */
  readonly images: string;
  /** Length of the archive in bytes. */
  readonly bytes: number;
  /** Path of the upload at CVAT. */
  readonly location: string;
}

const schema: z.ZodType<ImageUpload> = z.object({
  schema: z.literal('maskloop.upload/1'),
  task: z.string(),
  images: z.string(),
  bytes: z.int(),
  location: z.string().startsWith('/'),
});

/** How far an upload of a task's images, as files in requests of many, has come. */
interface FilesUpload extends FilesSent {
  readonly schema: 'maskloop.upload-files/1';
  readonly task: string;
  readonly images: string;
}

const filesSchema: z.ZodType<FilesUpload> = z.object({
  schema: z.literal('maskloop.upload-files/1'),
  task: z.string(),
  images: z.string(),
  sent: z.int().nonnegative(),
  sending: z.int().nonnegative(),
});

interface Place {
  readonly connection: string;
  readonly taskId: number;
}

interface Site {
  readonly cvat: Cvat;
  readonly store: ArtifactStore;
}

/** Notes an upload before its first byte is sent. */
export async function noteUpload(
  { cvat, store }: Site,
  where: Place,
  { images, bytes, location }: Pick<ImageUpload, 'images' | 'bytes' | 'location'>,
): Promise<void> {
  const task = cvat.taskUrl(where.taskId);
  const note: ImageUpload = { schema: 'maskloop.upload/1', task, images, bytes, location };
  await store.putNamed(imageUploadName(where.connection, where.taskId), Buffer.from(`${JSON.stringify(note)}\n`));
}

/**
 * The upload of exactly these images that an earlier try began; null if it began none.
 *
 * @throws MaskloopError `StoreUnreachable`
 */
export async function begunUpload(
  { cvat, store }: Site,
  { connection, taskId }: Place,
  images: FolderRef,
): Promise<Pick<ImageUpload, 'bytes' | 'location'> | null> {
  const note = await store.getNamed(imageUploadName(connection, taskId));
  const upload = note === null ? null : parsedOrNull(note, schema);
  return upload?.task === cvat.taskUrl(taskId) && upload.images === images.sha256 ? upload : null;
}

/** Notes how far an upload of files has come, before each of its requests and when one was answered. */
export async function noteFiles(
  { cvat, store }: Site,
  { connection, taskId }: Place,
  images: FolderRef,
  { sent, sending }: FilesSent,
): Promise<void> {
  const task = cvat.taskUrl(taskId);
  const note: FilesUpload = { schema: 'maskloop.upload-files/1', task, images: images.sha256, sent, sending };
  await store.putNamed(imageUploadName(connection, taskId), Buffer.from(`${JSON.stringify(note)}\n`));
}

/**
 * How far an earlier try came with an upload of exactly these images as files; null if none of it was acknowledged.
 *
 * @throws MaskloopError `StoreUnreachable`
 */
export async function filesSent(
  { cvat, store }: Site,
  { connection, taskId }: Place,
  images: FolderRef,
): Promise<FilesSent | null> {
  const note = await store.getNamed(imageUploadName(connection, taskId));
  const upload = note === null ? null : parsedOrNull(note, filesSchema);
  const isTheirs = upload?.task === cvat.taskUrl(taskId) && upload.images === images.sha256;
  return isTheirs && upload.sent > 0 ? upload : null;
}

/** True if the images of a task without frames were begun to be uploaded, and CVAT was not asked yet to make frames of them. */
export async function canGoOn(
  site: Site,
  taskId: number,
  { connection, images }: Pick<IterationInput, 'connection' | 'images'>,
  signal: AbortSignal,
): Promise<boolean> {
  if (images === null) return false;
  const where = { connection, taskId };
  if ((await begunUpload(site, where, images)) === null) {
    // CVAT may have taken a request that was not answered, and would append to its files.
    if ((await filesSent(site, where, images))?.sending !== 0) return false;
  }
  return (await site.cvat.creationRequest(taskId, signal)) === null;
}
