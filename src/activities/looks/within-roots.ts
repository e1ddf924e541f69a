import { realpath } from 'node:fs/promises';
import { MaskloopError } from '../../contracts/error.ts';
import { unreadable } from '../../storage/folder-files.ts';
import { isWithin } from '../../storage/is-within.ts';

/**
 * Where a folder below the offered ones really lies, and the offered folder that it really lies in: a link may not lead out of it.
 *
 * @param roots absolute folders; those that are not there offer nothing
 * @throws MaskloopError `FolderNotOffered`; `UnreadableFile` for what is not there or may not be read
 */
export async function withinRoots(
  roots: readonly string[],
  path: string,
): Promise<{ readonly real: string; readonly root: string }> {
  // What lies outside is not looked at, not even whether it is there.
  const named = roots.filter((root) => isWithin(path, root));
  if (named.length === 0) throw notOffered(path);
  const real = await realpath(path).catch((error: unknown) => {
    throw unreadable(error, path);
  });
  for (const root of named) {
    const realRoot = await realpath(root).catch(() => null);
    if (realRoot !== null && isWithin(real, realRoot)) return { real, root: realRoot };
  }
  throw notOffered(path);
}

/** The refusal of a path that leads out of the offered folders. */
export function notOffered(path: string): MaskloopError {
  return new MaskloopError('FolderNotOffered', `${path} is in none of the folders that this server offers.`, {
    facts: { path },
  });
}
