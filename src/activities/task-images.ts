import { z } from 'zod';
import { taskImagesName } from '../contracts/ids.ts';
import type { FolderRef } from '../contracts/refs.ts';
import type { Cvat } from '../cvat/cvat.ts';
import { hashBytes } from '../storage/file-hash.ts';
import type { ArtifactStore } from '../storage/store.ts';
import type { VerifiedContents } from '../storage/verify-contents.ts';
import { parsedOrNull } from './stored-document.ts';

/** What the frames of a task were made of. */
interface TaskImages {
  readonly schema: 'maskloop.task-images/1';
  /** Address of the task, which tells it from one of the same number in another CVAT. */
  readonly task: string;
  /** Digest of the folder of images. */
  readonly images: string;
  /** SHA-256 of the image by SHA-256 of the frame's name: the note outlives frames that are forgotten, and names none. */
  readonly hashes: Readonly<Record<string, string>>;
}

const schema: z.ZodType<TaskImages> = z.object({
  schema: z.literal('maskloop.task-images/1'),
  task: z.string(),
  images: z.string(),
  hashes: z.record(z.string(), z.string()),
});

interface Site {
  readonly cvat: Cvat;
  readonly store: ArtifactStore;
}

/** Which task, of which connection. */
export interface TaskPlace {
  readonly connection: string;
  readonly taskId: number;
}

/**
 * Notes what a task is filled from, before the first image is sent.
 *
 * @param files those of the folder that become frames
 * @throws MaskloopError `StoreUnreachable`
 */
export async function noteTaskImages(
  { cvat, store }: Site,
  where: TaskPlace,
  images: FolderRef,
  { folder, files }: { readonly folder: VerifiedContents; readonly files: readonly string[] },
): Promise<void> {
  const hashOf = new Map(folder.names.map((name, index) => [name, folder.hashAt(index)]));
  const note: TaskImages = {
    schema: 'maskloop.task-images/1',
    task: cvat.taskUrl(where.taskId),
    images: images.sha256,
    hashes: Object.fromEntries(files.map((name) => [hashBytes(name), hashOf.get(name) ?? ''])),
  };
  await store.putNamed(taskImagesName(where.connection, where.taskId), Buffer.from(`${JSON.stringify(note)}\n`));
}

/**
 * What we filled a task from: digest of the folder, and the SHA-256 of the image of each frame; null for a task of others.
 *
 * @returns `hashOf`: by name of the frame; undefined for a frame that was not made of the folder
 *
 * @throws MaskloopError `StoreUnreachable`
 */
export async function notedTaskImages(
  { cvat, store }: Site,
  { connection, taskId }: TaskPlace,
): Promise<{ readonly digest: string; readonly hashOf: (frame: string) => string | undefined } | null> {
  const bytes = await store.getNamed(taskImagesName(connection, taskId));
  const note = bytes === null ? null : parsedOrNull(bytes, schema);
  if (note?.task !== cvat.taskUrl(taskId)) return null;
  return { digest: note.images, hashOf: (frame) => note.hashes[hashBytes(frame)] };
}
