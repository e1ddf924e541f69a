import { readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMaskloopError } from '../../contracts/error.ts';
import type { FolderRef } from '../../contracts/refs.ts';
import { stemOf } from '../../contracts/file-stem.ts';
import { listFiles } from '../../storage/folder-files.ts';

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

/** Images of a folder in place by the names of frames, extensions aside; none where the folder is gone. */
export async function frameImages(folder: FolderRef | null): Promise<FrameImages> {
  const path = folder?.uri.startsWith('file://') === true ? fileURLToPath(folder.uri) : null;
  const files = path === null ? [] : await filesOf(path);
  const byStem = new Map(files.map((name) => [stemOf(name), name]));
  return async (frame) => {
    const name = byStem.get(stemOf(frame));
    const type = name === undefined ? undefined : TYPES[extname(name).toLowerCase()];
    if (path === null || name === undefined || type === undefined) return null;
    const file = join(path, name);
    if ((await stat(file)).size > MAX_IMAGE_BYTES) return null;
    return `data:${type};base64,${(await readFile(file)).toString('base64')}`;
  };
}

async function filesOf(path: string): Promise<readonly string[]> {
  try {
    return await listFiles(path);
  } catch (error) {
    if (isMaskloopError(error, 'UnreadableFile')) return [];
    throw error;
  }
}
