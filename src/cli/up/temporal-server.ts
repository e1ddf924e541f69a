import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';

/** How long the server may take to close its database, in milliseconds. */
const STOP_TIMEOUT_MS = 10_000;

export interface ServerProcess {
  readonly pid: number;
  /** Resolves when the process has ended, with how: `exit code 1`, `SIGKILL`. */
  readonly ended: Promise<string>;
  /** The last lines that it wrote. */
  lastWords(): Promise<string>;
  /** Asks it to end, and ends it after 10 s. Comes back when it has ended. */
  stop(): Promise<void>;
}

/**
 * Starts a program in a process group of its own, so that Ctrl-C reaches only us and we decide in which order things
 * end. Its output is appended to the log file.
 */
export async function startServer(program: string, words: readonly string[], logFile: string): Promise<ServerProcess> {
  const log = await open(logFile, 'a');
  const begin = (await log.stat()).size;
  const child = spawn(program, words, { stdio: ['ignore', log.fd, log.fd], detached: true });
  const ended = endOf(child);
  try {
    await once(child, 'spawn');
  } finally {
    await log.close();
  }
  const killWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithUs);
  return {
    pid: child.pid ?? 0,
    ended: ended.finally(() => process.removeListener('exit', killWithUs)),
    lastWords: async () => lastLines((await readFile(logFile)).subarray(begin).toString('utf8')),
    stop: () => stop(child, ended),
  };
}

async function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
    child.once('error', (error) => resolve(error.message));
  });
}

async function stop(child: ChildProcess, ended: Promise<string>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}

function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-5).join('\n');
}
