import type { FolderRef } from '../contracts/refs.ts';
import { describeFolder, type FolderDigestOptions } from './folder-digest.ts';
import type { ArtifactStore } from './store.ts';
import { describeStoredFolder } from './stored-folder.ts';

/**
 * The reference to what somebody has named: the path of a folder, or the address of one in the store. A folder that is called
 * `store:…` is named `./store:…`.
 *
 * @param openStore called only where the store is needed
 * @throws MaskloopError what {@link describeFolder} and {@link describeStoredFolder} throw; the signal's reason if aborted
 */
export async function describeGiven(
  openStore: () => ArtifactStore,
  given: string,
  options: Pick<FolderDigestOptions, 'signal' | 'onProgress'> = {},
): Promise<FolderRef> {
  return given.startsWith('store:')
    ? describeStoredFolder(openStore(), given, options)
    : describeFolder(given, options);
}
