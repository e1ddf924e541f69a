import type { FolderRef } from '../contracts/refs.ts';
import { contentsInPlace, folderPath } from './contents-in-place.ts';
import type { FolderContents } from './folder-contents.ts';
import { listFiles } from './folder-files.ts';
import type { ArtifactStore } from './store.ts';
import { storedContents } from './stored-contents.ts';

/**
 * The files that a folder holds now. Their contents are not looked at: whether they are those of the start is for
 * `verifyContents` to tell.
 *
 * @throws MaskloopError `UnreadableFile`; `InvalidFileList`, and what the store throws, for a folder in it
 */
export async function openContents(store: ArtifactStore, ref: FolderRef): Promise<FolderContents> {
  if (ref.manifest !== undefined) return storedContents(store, ref, ref.manifest);
  const folder = folderPath(ref);
  return contentsInPlace(folder, await listFiles(folder));
}
