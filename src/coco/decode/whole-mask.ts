import { randomUUID } from 'node:crypto';
import { lstat, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isMaskloopError, MaskloopError } from '../../contracts/error.ts';
import { notWritable, reasonOf } from '../file-failures.ts';

/**
 * Writes a file that appears whole or not at all. Whoever needs it on the disk after a power cut writes it again.
 *
 * @throws MaskloopError `OutputNotWritable`; `OutputExists` if something of this name is there and may not be replaced
 */
export async function writeWholeMask(path: string, content: Uint8Array, overwrite: boolean): Promise<void> {
  const temporary = join(dirname(path), `.maskloop-${randomUUID()}.tmp`);
  try {
    await writeFile(temporary, content, { flag: 'wx' });
    if (!overwrite) await refuseExisting([path]);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw isMaskloopError(error) ? error : notWritable(path, error);
  }
}

/**
 * Looks whether files are there before any work is done.
 *
 * @throws MaskloopError `OutputExists` with the first of them and their number
 */
export async function refuseExisting(paths: readonly string[]): Promise<void> {
  let [first, count] = ['', 0];
  for (const path of paths) {
    if (!(await exists(path))) continue;
    if (count === 0) first = path;
    count += 1;
  }
  if (count === 0) return;
  const others = count === 1 ? '' : ` (and ${count - 1} more of ${paths.length})`;
  throw new MaskloopError('OutputExists', `${first} exists already${others}.`, { facts: { file: first, count } });
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === 'ENOENT' || reason === 'ENOTDIR') return false;
    throw notWritable(path, error);
  }
}
