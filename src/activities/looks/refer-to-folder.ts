import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReferenceRequest } from '../../contracts/offered-folder.ts';
import type { FolderRef } from '../../contracts/refs.ts';
import { eachAtOnce } from '../../storage/each-at-once.ts';
import { describeFolder } from '../../storage/folder-digest.ts';
import { listFiles } from '../../storage/folder-files.ts';
import { isWithin } from '../../storage/is-within.ts';
import { notOffered, withinRoots } from './within-roots.ts';

/**
 * The reference to a folder below the offered ones, by reading all its files. A link in it that leads out of the offered folder refuses
 * the whole: when the folder is used, it would be followed.
 *
 * @throws MaskloopError `FolderNotOffered`, `UnreadableFile`; the signal's reason if aborted
 */
export async function referToFolder({ roots, path }: ReferenceRequest, signal: AbortSignal): Promise<FolderRef> {
  const { root } = await withinRoots(roots, path);
  await eachAtOnce(await listFiles(path), signal, async (name) => {
    const file = join(path, name);
    if (!isWithin(await realpath(file), root)) throw notOffered(file);
  });
  return describeFolder(path, { signal });
}
