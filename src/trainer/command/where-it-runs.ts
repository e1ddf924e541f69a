import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { codeOf } from './folder.ts';

/** Where a process runs: processes see each other by number if both are the same. */
export interface Place {
  readonly host: string;
  /** The table of processes that it is in: one for each container and boot; null where the system tells none. */
  readonly space: string | null;
}

/** In the folder of a run: its processes hold a lock on it, which is seen from every container that shares the folder. */
export const LOCK_FILE = 'lock';

/** What `flock` of util-linux and of BusyBox ends with where somebody else holds the lock. */
const HELD = 1;

/** Where this process runs. */
export async function ownPlace(): Promise<Place> {
  return { host: hostname(), space: await ownSpace() };
}

async function ownSpace(): Promise<string | null> {
  try {
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    return `${boot.trim()} ${await readlink('/proc/self/ns/pid')}`;
  } catch {
    return null;
  }
}

/**
 * Whether the processes of a run can be looked for by their numbers. `here`: they can. `elsewhere`: they are another machine's, or
 * another living container's of the same name. `gone`: the container that they were in no longer runs them.
 *
 * @param place as the run has noted it; `space` is undefined for one that noted none
 */
export async function whereItRuns(
  folder: string,
  place: { readonly host: string; readonly space?: string | null | undefined },
): Promise<'here' | 'elsewhere' | 'gone'> {
  const own = await ownPlace();
  if (place.host !== own.host) return 'elsewhere';
  if (place.space == null || own.space === null || place.space === own.space) return 'here';
  return (await isLocked(join(folder, LOCK_FILE))) ? 'elsewhere' : 'gone';
}

/** True also where it cannot be known. */
async function isLocked(file: string): Promise<boolean> {
  try {
    await promisify(execFile)('flock', ['-n', file, 'true']);
    return false;
  } catch (error) {
    return codeOf(error) === 'ENOENT' || codeOf(error) === String(HELD);
  }
}
