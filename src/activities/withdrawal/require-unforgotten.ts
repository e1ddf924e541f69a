import type { FolderRef } from '../../contracts/refs.ts';
import { forgottenHashes, frameForgotten } from '../../storage/forgotten-files.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { verifyContents } from '../../storage/verify-contents.ts';
import { imageFiles } from '../image-files.ts';

/**
 * Refuses to make frames of images that were forgotten: CVAT would hold them again. Files are read for that only where anything
 * was ever forgotten.
 *
 * @throws MaskloopError `FrameForgotten` naming the images; what {@link verifyContents} and the store throw
 */
export async function requireUnforgotten(store: ArtifactStore, images: FolderRef, signal: AbortSignal): Promise<void> {
  const gone = await forgottenHashes(store);
  if (gone.size === 0) return;
  const folder = await verifyContents(store, images, { signal });
  const frames = new Set(imageFiles(folder));
  const forgotten = folder.names.filter((name, index) => frames.has(name) && gone.has(folder.hashAt(index)));
  if (forgotten.length > 0) throw frameForgotten(folder.where, forgotten);
}
