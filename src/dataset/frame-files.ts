import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMaskloopError } from '../contracts/error.ts';
import { stemOf } from '../contracts/file-stem.ts';
import { hashFile } from '../storage/file-hash.ts';
import { listFiles } from '../storage/folder-files.ts';
import type { SealedLabel } from './sealed-labels.ts';

/** The image of a frame as it lies on this machine. */
export interface FrameFile {
  readonly file: string;
  readonly sha256: string;
  /** `.png`, in lower case. */
  readonly extension: string;
}

/** Why a frame has no image: nowhere, or not the one that was trained on. */
export type Missing = 'not found' | 'another image';

const IMAGE_FILE = /\.(png|jpe?g|bmp|webp|tiff?)$/i;

/**
 * Looks for images by the names of frames, extensions aside: in the folder that the iteration was started with, then in one
 * that is named now. Where the hash of the image that was trained on is recorded, only that one counts.
 */
export function frameFiles(further: string | null): (label: SealedLabel) => Promise<FrameFile | Missing> {
  const listed = new Map<string, Promise<ReadonlyMap<string, string>>>();
  const filesOf = (folder: string): Promise<ReadonlyMap<string, string>> => {
    const files = listed.get(folder) ?? imagesByStem(folder);
    listed.set(folder, files);
    return files;
  };
  return async ({ images, frame, imageSha256 }) => {
    const own = images?.uri.startsWith('file://') === true ? [fileURLToPath(images.uri)] : [];
    let missing: Missing = 'not found';
    for (const folder of [...own, ...(further === null ? [] : [further])]) {
      const name = (await filesOf(folder)).get(stemOf(frame));
      if (name === undefined) continue;
      const file = join(folder, name);
      const sha256 = await hashFile(file);
      if (imageSha256 === null || sha256 === imageSha256) {
        return { file, sha256, extension: extname(name).toLowerCase() };
      }
      missing = 'another image';
    }
    return missing;
  };
}

/** Nothing for a folder that is not there (any more). */
async function imagesByStem(folder: string): Promise<ReadonlyMap<string, string>> {
  try {
    const names = (await listFiles(folder)).filter((name) => IMAGE_FILE.test(name));
    return new Map(names.map((name) => [stemOf(name), name]));
  } catch (error) {
    if (isMaskloopError(error, 'UnreadableFile')) return new Map();
    throw error;
  }
}
