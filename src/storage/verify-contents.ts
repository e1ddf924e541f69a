import { MaskloopError } from '../contracts/error.ts';
import type { FolderRef } from '../contracts/refs.ts';
import { eachAtOnce } from './each-at-once.ts';
import { contentsInPlace, folderPath } from './contents-in-place.ts';
import type { FolderContents } from './folder-contents.ts';
import { hashFolder, type FolderDigestOptions } from './folder-digest.ts';
import { requireHeld } from './require-held.ts';
import { storedContents } from './stored-contents.ts';
import type { ArtifactStore } from './store.ts';

/** Files that are those of the start, each with its hash. */
export interface VerifiedContents extends FolderContents {
  /** Lower-case hex SHA-256 of the file at that place among the names. */
  readonly hashAt: (index: number) => string;
}

/**
 * Makes sure that a folder still holds what the iteration was started with: in place every file is read, in the store, where
 * nobody changes them and every read compares, all have to be there but for those that were forgotten since.
 *
 * @throws MaskloopError `InputChanged`, `UnreadableFile` for a folder in place; `ArtifactMissing`, `InvalidFileList` for one in
 *   the store, and what the store throws; the signal's reason if aborted
 */
export async function verifyContents(
  store: ArtifactStore,
  ref: FolderRef,
  options: Pick<FolderDigestOptions, 'signal' | 'onProgress'>,
): Promise<VerifiedContents> {
  if (ref.manifest === undefined) return verifyInPlace(ref, options);
  const { signal, onProgress } = options;
  const contents = await storedContents(store, ref, ref.manifest);
  const { files } = contents;
  let done = 0;
  await eachAtOnce(files, signal, async (file) => {
    await requireHeld(store, file, 'allowed');
    onProgress?.({ done: (done += 1), total: files.length });
  });
  return { ...contents, hashAt: (index) => files[index]?.sha256 ?? '' };
}

async function verifyInPlace(ref: FolderRef, options: FolderDigestOptions): Promise<VerifiedContents> {
  const path = folderPath(ref);
  const { ref: now, names, hashAt } = await hashFolder(path, options);
  if (now.sha256 === ref.sha256) return { ...contentsInPlace(path, names), hashAt };
  throw new MaskloopError('InputChanged', `${path} has changed since the iteration was started.`, {
    facts: { folder: path, filesAtStart: ref.files, filesNow: now.files },
  });
}
