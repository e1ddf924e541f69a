import { z } from 'zod';
import { isMaskloopError } from '../contracts/error.ts';
import { stemOf } from '../contracts/file-stem.ts';
import { taskImagesName } from '../contracts/ids.ts';
import { MOST_PICTURE_BYTES } from '../contracts/look.ts';
import { pictureType } from '../contracts/picture-type.ts';
import type { FolderRef, TaskRef } from '../contracts/refs.ts';
import { contentRef } from '../storage/content-address.ts';
import { hashBytes } from '../storage/file-hash.ts';
import { isStored } from '../storage/folder-contents.ts';
import { openContents } from '../storage/open-contents.ts';
import type { ArtifactStore } from '../storage/store.ts';

const noted = z.object({ task: z.string(), hashes: z.record(z.string(), z.string()) });

/** Whose picture. */
export interface PictureOf {
  readonly connection: string;
  readonly task: Pick<TaskRef, 'taskId' | 'url'> | null;
  readonly images: FolderRef | null;
  /** Of the frame. */
  readonly name: string;
}

/**
 * The picture of a frame where the store has it: what the task was filled with, or, before there is a task, what it will be filled with.
 * Null where it has to be looked for elsewhere: it is not in the store, too large, or in a format that browsers do not show.
 *
 * @throws MaskloopError `StoreUnreachable`
 */
export async function storedPicture(store: ArtifactStore, picture: PictureOf): Promise<Uint8Array | null> {
  const bytes = picture.task === null ? await fromFolder(store, picture) : await asFilled(store, picture, picture.task);
  return bytes === null || pictureType(bytes) === null ? null : bytes;
}

async function asFilled(
  store: ArtifactStore,
  { connection, name }: PictureOf,
  { taskId, url }: Pick<TaskRef, 'taskId' | 'url'>,
): Promise<Uint8Array | null> {
  const bytes = await store.getNamed(taskImagesName(connection, taskId));
  const note = bytes === null ? undefined : noted.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8'))).data;
  const hash = note?.task === url ? note.hashes[hashBytes(name)] : undefined;
  const size = hash === undefined ? null : await store.sizeOf(hash);
  if (hash === undefined || size === null || size > MOST_PICTURE_BYTES) return null;
  return store.get(contentRef(hash, size)).catch(nullIfGone);
}

async function fromFolder(store: ArtifactStore, { images, name }: PictureOf): Promise<Uint8Array | null> {
  if (images === null || !isStored(images)) return null;
  const folder = await openContents(store, images).catch(nullIfGone);
  const file = folder?.names.find((one) => stemOf(one) === stemOf(name));
  if (folder === null || file === undefined || (await folder.sizeOf(file)) > MOST_PICTURE_BYTES) return null;
  return folder.read(file).catch(nullIfGone);
}

/** It was forgotten, or lost. */
function nullIfGone(error: unknown): null {
  if (isMaskloopError(error, 'ArtifactMissing') || isMaskloopError(error, 'ArtifactCorrupt')) return null;
  throw error;
}
