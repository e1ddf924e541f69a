import { fileURLToPath } from 'node:url';
import { MaskloopError } from '../contracts/error.ts';
import type { IterationInput } from '../contracts/iteration.ts';
import type { FolderRef } from '../contracts/refs.ts';
import { hashFolder, type FolderDigestOptions, type FolderHashes } from '../storage/folder-digest.ts';

/** Path of a folder that is used in place. */
export function folderPath(ref: FolderRef): string {
  if (!ref.uri.startsWith('file://')) {
    throw new MaskloopError('InvalidConfiguration', `${ref.uri} is not a folder on this machine.`, {
      facts: { uri: ref.uri },
    });
  }
  return fileURLToPath(ref.uri);
}

/** The folder of the masks, imported or only compared with. @throws MaskloopError `InvalidConfiguration` for an iteration without */
export function maskFolder({ masks, compareWith }: Pick<IterationInput, 'masks' | 'compareWith'>): FolderRef {
  const folder = masks ?? compareWith;
  if (folder !== undefined) return folder;
  throw new MaskloopError('InvalidConfiguration', 'The iteration was started without masks.');
}

/**
 * Makes sure that a folder still holds what the iteration was started with.
 *
 * @throws MaskloopError `InputChanged`, `UnreadableFile`
 */
export async function verifyFolder(ref: FolderRef, signal: AbortSignal): Promise<string> {
  await verifyHashes(ref, { signal });
  return folderPath(ref);
}

/** {@link verifyFolder}, and the hash of each file, which is what tells. */
export async function verifyHashes(ref: FolderRef, options: FolderDigestOptions): Promise<FolderHashes> {
  const path = folderPath(ref);
  const hashes = await hashFolder(path, options);
  if (hashes.ref.sha256 !== ref.sha256) {
    throw new MaskloopError('InputChanged', `${path} has changed since the iteration was started.`, {
      facts: { folder: path, filesAtStart: ref.files, filesNow: hashes.ref.files },
    });
  }
  return hashes;
}
