import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isMaskloopError } from '../contracts/error.ts';
import { stemOf } from '../contracts/file-stem.ts';
import type { FolderRef } from '../contracts/refs.ts';
import { isStored, type FolderContents } from '../storage/folder-contents.ts';
import { openContents } from '../storage/open-contents.ts';
import { hashFile } from '../storage/file-hash.ts';
import type { ArtifactStore } from '../storage/store.ts';
import type { SealedLabel } from './sealed-labels.ts';

/** The image of a frame as it lies on this machine. */
export interface FrameFile {
  readonly file: string;
  readonly sha256: string;
  /** True where it lies in the store, which no other file may share its bytes with. */
  readonly inStore: boolean;
  /** `.png`, in lower case. */
  readonly extension: string;
}

/** Why a frame has no image: nowhere, or not the one that was trained on. */
export type Missing = 'not found' | 'another image';

const IMAGE_FILE = /\.(png|jpe?g|bmp|webp|tiff?)$/i;

/** A folder that is looked into, by the names of its images without extensions. */
interface Listed {
  readonly contents: FolderContents;
  readonly inStore: boolean;
  readonly byStem: ReadonlyMap<string, string>;
}

/**
 * Looks for images by the names of frames, extensions aside: in the folder that the iteration was started with, then in one
 * that is named now. Where the hash of the image that was trained on is recorded, only that one counts.
 */
export function frameFiles(
  store: ArtifactStore,
  further: string | null,
): (label: SealedLabel) => Promise<FrameFile | Missing> {
  const listed = new Map<string, Promise<Listed | null>>();
  const list = (folder: FolderRef): Promise<Listed | null> => {
    const known = listed.get(folder.uri) ?? listImages(store, folder);
    listed.set(folder.uri, known);
    return known;
  };
  return async ({ images, frame, imageSha256 }) => {
    let missing: Missing = 'not found';
    for (const folder of [...(images === null ? [] : [images]), ...(further === null ? [] : [inPlace(further)])]) {
      const found = await list(folder);
      const name = found?.byStem.get(stemOf(frame));
      if (found === null || name === undefined) continue;
      const file = await pathIfThere(found.contents, name);
      if (file === null) continue;
      const sha256 = await hashFile(file);
      if (imageSha256 === null || sha256 === imageSha256) {
        return { file, sha256, inStore: found.inStore, extension: extname(name).toLowerCase() };
      }
      missing = 'another image';
    }
    return missing;
  };
}

/** A folder of this machine of which nothing is known yet. */
function inPlace(dir: string): FolderRef {
  return { uri: pathToFileURL(resolve(dir)).href, sha256: '', files: 0 };
}

/** Null for a folder that is not there (any more). */
async function listImages(store: ArtifactStore, folder: FolderRef): Promise<Listed | null> {
  const inStore = isStored(folder);
  if (!inStore && !folder.uri.startsWith('file://')) return null;
  try {
    const contents = await openContents(store, folder);
    const names = contents.names.filter((name) => IMAGE_FILE.test(name));
    return { contents, inStore, byStem: new Map(names.map((name) => [stemOf(name), name])) };
  } catch (error) {
    if (isMaskloopError(error, 'UnreadableFile') || isMaskloopError(error, 'ArtifactMissing')) return null;
    throw error;
  }
}

/** Null for a file that the store no longer has, as when the frame was forgotten. */
async function pathIfThere(contents: FolderContents, name: string): Promise<string | null> {
  try {
    return await contents.pathOf(name);
  } catch (error) {
    if (isMaskloopError(error, 'ArtifactMissing')) return null;
    throw error;
  }
}
