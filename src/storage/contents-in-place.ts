import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MaskloopError } from '../contracts/error.ts';
import type { FolderRef } from '../contracts/refs.ts';
import type { FolderContents } from './folder-contents.ts';
import { unreadable } from './folder-files.ts';

/** Path of a folder that is used in place. @throws MaskloopError `InvalidConfiguration` for any other */
export function folderPath(ref: FolderRef): string {
  if (!ref.uri.startsWith('file://')) {
    throw new MaskloopError('InvalidConfiguration', `${ref.uri} is not a folder on this machine.`, {
      facts: { uri: ref.uri },
    });
  }
  return fileURLToPath(ref.uri);
}

/** Files of a folder of this machine that are known by name. */
export function contentsInPlace(folder: string, names: readonly string[]): FolderContents {
  const attempt = async <T>(name: string, action: (path: string) => Promise<T>): Promise<T> => {
    const path = join(folder, name);
    return action(path).catch((error: unknown) => {
      throw unreadable(error, path);
    });
  };
  return {
    where: folder,
    names,
    sizeOf: async (name) => attempt(name, async (path) => (await stat(path)).size),
    read: async (name) => attempt(name, async (path) => readFile(path)),
    open: async (name) => attempt(name, async (path) => (await open(path)).createReadStream()),
    pathOf: async (name) => join(folder, name),
  };
}
