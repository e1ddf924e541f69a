import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MaskloopError } from '../contracts/error.ts';
import { compareNames } from '../contracts/name-order.ts';
import { describeErrno, errnoOf } from './errno.ts';

/** `UnreadableFile` for a system error; other errors come back unchanged. */
export function unreadable<E>(error: E, path: string): E | MaskloopError {
  const code = errnoOf(error);
  if (code === undefined) return error;
  return new MaskloopError('UnreadableFile', `Cannot read ${path}: ${describeErrno(error)}.`, {
    facts: { path, code },
    cause: error,
  });
}

/**
 * All files below a folder as relative names with `/`, sorted by their UTF-8 bytes. Names that begin with a dot are
 * left out, with all below them. Links are followed, but for those to a folder that contains the link, which are left out as
 * in the conversion; sockets, pipes and devices are no files.
 *
 * @throws MaskloopError `UnreadableFile` for a folder that cannot be read and a link that leads nowhere
 */
export async function listFiles(dir: string): Promise<readonly string[]> {
  const names: string[] = [];
  await addFilesBelow(names, dir, '', []);
  return names.toSorted(compareNames);
}

async function addFilesBelow(names: string[], dir: string, below: string, ancestors: readonly string[]): Promise<void> {
  const folder = join(dir, below);
  try {
    const real = await realpath(folder);
    if (ancestors.includes(real)) return;
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue;
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      const target = entry.isSymbolicLink() ? await linkTarget(join(dir, name)) : entry;
      if (target.isFile()) names.push(name);
      else if (target.isDirectory()) await addFilesBelow(names, dir, name, [...ancestors, real]);
    }
  } catch (error) {
    throw unreadable(error, folder);
  }
}

async function linkTarget(path: string): ReturnType<typeof stat> {
  return stat(path).catch((error: unknown) => {
    throw unreadable(error, path);
  });
}
