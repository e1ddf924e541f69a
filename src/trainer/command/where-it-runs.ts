import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readOrNull } from './folder.ts';

/** Where a process runs: processes see each other by number if both are the same. */
export interface Place {
  readonly host: string;
  /** The table of processes that it is in: one for each container and boot; null where the system tells none. */
  readonly space: string | null;
}

/** In the folder of a run: its processes hold a lock on the one, which is seen from every container that shares the folder, if there is the other. */
export const LOCK = { file: 'lock', taken: 'locked' } as const;

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
 * another container's of the same name, unless it is certain that they are gone. `gone`: that they are, or never were.
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
  const hasBegun = (await readOrNull(join(folder, 'pid'))) !== null;
  const hasLock = (await readOrNull(join(folder, LOCK.taken))) !== null;
  if (hasBegun && !hasLock) return 'elsewhere';
  return (await isFree(join(folder, LOCK.file))) ? 'gone' : 'elsewhere';
}

/** False also where it cannot be known. Looks do not disturb each other. */
async function isFree(file: string): Promise<boolean> {
  try {
    await promisify(execFile)('flock', ['-s', '-n', file, 'true']);
    return true;
  } catch {
    return false;
  }
}
