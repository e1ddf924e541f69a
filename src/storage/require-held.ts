import { tombstoneName } from '../contracts/ids.ts';
import type { ListedFile } from '../contracts/file-list.ts';
import { frameForgotten } from './forgotten-files.ts';
import { artifactMissing } from './store-failure.ts';
import type { ArtifactStore } from './store.ts';

/**
 * Makes sure that the store holds a file of a folder, whole.
 *
 * @param forgotten whether the file may have been forgotten on purpose, so that only who needs it misses it
 * @throws MaskloopError `ArtifactMissing`, `FrameForgotten` naming the file
 */
export async function requireHeld(
  store: ArtifactStore,
  file: ListedFile,
  forgotten: 'missed' | 'allowed',
): Promise<void> {
  const bytes = await store.sizeOf(file.sha256);
  if (bytes === file.bytes) return;
  if (bytes !== null) throw artifactMissing(file, `"${file.name}" has ${bytes} bytes there, not ${file.bytes}`);
  const isForgotten = (await store.getNamed(tombstoneName(file.sha256))) !== null;
  if (isForgotten && forgotten === 'allowed') return;
  if (isForgotten) throw frameForgotten('A folder in the store', [file.name]);
  throw artifactMissing(file, `"${file.name}" is not in the store`);
}
