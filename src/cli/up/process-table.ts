import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

export interface RunningProcess {
  readonly parent: number;
  readonly command: string;
}

/** What runs under a process id; null if nothing does or the system does not tell. */
export async function lookUpProcess(pid: number): Promise<RunningProcess | null> {
  return (await fromProc(pid)) ?? (await fromPs(pid));
}

/** Linux. The second field of `stat` is the name in brackets and may hold anything; the parent is the second after it. */
async function fromProc(pid: number): Promise<RunningProcess | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    return { parent, command: command.replaceAll('\0', ' ').trim() };
  } catch {
    return null;
  }
}

/** Other systems. */
async function fromPs(pid: number): Promise<RunningProcess | null> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'ppid=,command=', '-p', String(pid)]);
    const [, parent, command = ''] = /^\s*(\d+)\s+(.*)$/m.exec(stdout) ?? [];
    return parent === undefined ? null : { parent: Number(parent), command };
  } catch {
    return null;
  }
}
