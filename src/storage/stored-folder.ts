import { MaskloopError } from '../contracts/error.ts';
import type { ArtifactRef, FolderRef } from '../contracts/refs.ts';
import { contentRef, hashInAddress } from './content-address.ts';
import type { FolderDigestOptions } from './folder-digest.ts';
import { parseFileList } from './parse-file-list.ts';
import { requireHeld } from './require-held.ts';
import { digestOfList } from './stored-contents.ts';
import type { ArtifactStore } from './store.ts';

/**
 * The reference to a folder that was put into the store, by the address of the list of its files. All files have to be there.
 *
 * @throws MaskloopError `InvalidFileList` for anything else at that address; `ArtifactMissing`, `FrameForgotten`, and what the store throws
 */
export async function describeStoredFolder(
  store: ArtifactStore,
  address: string,
  { signal, onProgress }: Pick<FolderDigestOptions, 'signal' | 'onProgress'> = {},
): Promise<FolderRef> {
  const sha256 = hashInAddress(address);
  if (sha256 === null) {
    throw new MaskloopError('InvalidFileList', `${address} is no address in the store; one is store:sha256/ab/ab….`, {
      facts: { uri: address },
    });
  }
  const bytes = await store.get(contentRef(sha256, 0));
  const files = parseFileList(bytes, address);
  for (const [index, file] of files.entries()) {
    signal?.throwIfAborted();
    await requireHeld(store, file, 'missed');
    onProgress?.({ done: index + 1, total: files.length });
  }
  return folderOfList(contentRef(sha256, bytes.length), digestOfList(files), files.length);
}

/** The reference that names a folder by the list of its files. */
export function folderOfList(manifest: ArtifactRef, sha256: string, files: number): FolderRef {
  return { uri: manifest.uri, sha256, files, manifest };
}
