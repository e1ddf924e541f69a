import { extname } from 'node:path';
import { isMaskloopError } from '../../contracts/error.ts';
import type { FolderRef } from '../../contracts/refs.ts';
import { stemOf } from '../../contracts/file-stem.ts';
import { isStored, type FolderContents } from '../../storage/folder-contents.ts';
import { openContents } from '../../storage/open-contents.ts';
import type { ArtifactStore } from '../../storage/store.ts';

/** A page is opened in a browser and sent by mail. */
const MAX_IMAGE_BYTES = 2_000_000;

/** What browsers show, by the end of a file's name. */
const TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.bmp': 'image/bmp',
};

/** The `data:` address of the image of a frame; null where there is none, or one too large. */
export type FrameImages = (frame: string) => Promise<string | null>;

/** Images of a folder by the names of frames, extensions aside; none where the folder is gone. */
export async function frameImages(store: ArtifactStore, folder: FolderRef | null): Promise<FrameImages> {
  const contents = folder === null ? null : await contentsOf(store, folder);
  const byStem = new Map(contents?.names.map((name) => [stemOf(name), name]));
  return async (frame) => {
    const name = byStem.get(stemOf(frame));
    const type = name === undefined ? undefined : TYPES[extname(name).toLowerCase()];
    if (contents === null || name === undefined || type === undefined) return null;
    if ((await contents.sizeOf(name)) > MAX_IMAGE_BYTES) return null;
    const bytes = await readIfThere(contents, name);
    return bytes === null ? null : `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
  };
}

/** Null for an image that was forgotten. */
async function readIfThere(contents: FolderContents, name: string): Promise<Uint8Array | null> {
  try {
    return await contents.read(name);
  } catch (error) {
    if (isMaskloopError(error, 'ArtifactMissing')) return null;
    throw error;
  }
}

async function contentsOf(store: ArtifactStore, folder: FolderRef): Promise<FolderContents | null> {
  if (!isStored(folder) && !folder.uri.startsWith('file://')) return null;
  try {
    return await openContents(store, folder);
  } catch (error) {
    if (isMaskloopError(error, 'UnreadableFile') || isMaskloopError(error, 'ArtifactMissing')) return null;
    throw error;
  }
}
