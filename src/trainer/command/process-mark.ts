import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A line of the table of processes. */
interface Listed {
  readonly group: number;
  /** It has ended, and whoever started it has taken no note of that. Some machines keep such for ever. */
  readonly isZombie: boolean;
  readonly start: string;
}

const LINUX = existsSync('/proc/self/stat');

/**
 * What tells a process from any other that ever has the same number: on Linux the boot and the tick in which it began,
 * elsewhere the second. Null if none runs under this number.
 */
export async function processMark(pid: number): Promise<string | null> {
  const listed = LINUX ? await fromProc(pid) : (await fromPs(['-p', String(pid)]))[0];
  if (listed === undefined || listed.isZombie) return null;
  if (!LINUX) return listed.start;
  return `${(await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim()} ${listed.start}`;
}

/** Whether any process of a group runs. */
export async function groupLives(leader: number): Promise<boolean> {
  const all = LINUX ? await allFromProc() : await fromPs(['-ax']);
  return all.some(({ group, isZombie }) => group === leader && !isZombie);
}

async function allFromProc(): Promise<readonly Listed[]> {
  const numbers = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const all = await Promise.all(numbers.map(async (name) => fromProc(Number(name))));
  return all.filter((listed) => listed !== undefined);
}

async function fromProc(pid: number): Promise<Listed | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The second field is the name in brackets and may hold anything; the group is the third after it, the start the twentieth.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { isZombie: fields[0] === 'Z', group: Number(fields[2]), start: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

async function fromPs(which: readonly string[]): Promise<readonly Listed[]> {
  try {
    const { stdout } = await promisify(execFile)('ps', [...which, '-o', 'pgid=,stat=,lstart=']);
    return [...stdout.matchAll(/^\s*(\d+)\s+(\S+)\s+(.*)$/gm)].map(([, group, state = '', start = '']) => {
      return { group: Number(group), isZombie: state.startsWith('Z'), start: start.trim() };
    });
  } catch {
    return [];
  }
}
