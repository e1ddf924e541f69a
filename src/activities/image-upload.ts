import { z } from 'zod';
import type { IterationInput } from '../contracts/iteration.ts';
import { imageUploadName } from '../contracts/ids.ts';
import type { FolderRef } from '../contracts/refs.ts';
import type { Cvat } from '../cvat/cvat.ts';
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

interface Site {
  readonly cvat: Cvat;
  readonly store: ArtifactStore;
}

/** Notes an upload before its first byte is sent. */
export async function noteUpload(
  { cvat, store }: Site,
  where: { readonly connection: string; readonly taskId: number },
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
  { connection, taskId }: { readonly connection: string; readonly taskId: number },
  images: FolderRef,
): Promise<Pick<ImageUpload, 'bytes' | 'location'> | null> {
  const note = await store.getNamed(imageUploadName(connection, taskId));
  const upload = note === null ? null : parsedOrNull(note, schema);
  return upload?.task === cvat.taskUrl(taskId) && upload.images === images.sha256 ? upload : null;
}

/** True if the images of a task without frames were begun to be uploaded, and CVAT was not asked yet to make frames of them. */
export async function canGoOn(
  site: Site,
  taskId: number,
  { connection, images }: Pick<IterationInput, 'connection' | 'images'>,
  signal: AbortSignal,
): Promise<boolean> {
  if (images === null || (await begunUpload(site, { connection, taskId }, images)) === null) return false;
  return (await site.cvat.creationRequest(taskId, signal)) === null;
}
