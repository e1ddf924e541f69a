import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

export interface RunningProcess {
  readonly parent: number;
  readonly command: string;
}

/** What runs under a process id; null if nothing does, if it has ended and is still in the table (a zombie), or the system does not tell. */
export async function lookUpProcess(pid: number): Promise<RunningProcess | null> {
  return (await fromProc(pid)) ?? (await fromPs(pid));
}

/** Linux. The second field of `stat` is the name in brackets and may hold anything; the parent is the second after it. */
async function fromProc(pid: number): Promise<RunningProcess | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z') return null;
    return { parent: Number(parent), command: command.replaceAll('\0', ' ').trim() };
  } catch {
    return null;
  }
}

/** Other systems. */
async function fromPs(pid: number): Promise<RunningProcess | null> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'ppid=,stat=,command=', '-p', String(pid)]);
    const [, parent, state = '', command = ''] = /^\s*(\d+)\s+(\S+)\s+(.*)$/m.exec(stdout) ?? [];
    return parent === undefined || state.startsWith('Z') ? null : { parent: Number(parent), command };
  } catch {
    return null;
  }
}
