import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { SEARCH_ATTRIBUTES } from '../../../src/contracts/search-attributes.ts';
import { findTemporalBinary } from '../../../src/temporal-binaries/find-binary.ts';

/** Time for an orderly end, in milliseconds; then the process is killed. */
const STOP_PATIENCE_MS = 5_000;

/** Characters of its output. */
const MOST_KEPT = 8_000;

const CLI_TYPES = { KEYWORD: 'Keyword', INT: 'Int', DATETIME: 'Datetime' } as const;

export interface DevServerProcess {
  readonly pid: number;
  /** What the server wrote: the first lines, and the last. */
  output(): string;
  /** True from the moment the process has ended, however. */
  hasEnded(): boolean;
  /** Ends the process, by SIGTERM first unless another signal is given, and waits until it is gone. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** Starts `temporal server start-dev` with our search attributes; it does not answer yet when this returns. */
export async function spawnDevServer(port: number, dbFilename?: string): Promise<DevServerProcess> {
  const binary = await findTemporalBinary('temporal', { env: process.env });
  const attributes = Object.values(SEARCH_ATTRIBUTES).map(({ name, type }) => `${name}=${CLI_TYPES[type]}`);
  const args = ['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port)];
  args.push('--log-level', 'error');
  args.push('--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=1');
  args.push(...attributes.flatMap((attribute) => ['--search-attribute', attribute]));
  if (dbFilename !== undefined) args.push('--db-filename', dbFilename);

  const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  await once(child, 'spawn');
  let output = '';
  const collect = (chunk: Buffer): void => {
    output += chunk.toString('utf8');
    if (output.length > MOST_KEPT) output = `${output.slice(0, MOST_KEPT / 2)}${output.slice(-MOST_KEPT / 2)}`;
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  return {
    pid: child.pid ?? 0,
    output: () => output,
    hasEnded: () => hasEnded(child),
    stop: async (signal = 'SIGTERM') => stop(child, signal),
  };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function stop(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (hasEnded(child)) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
  await exit;
  clearTimeout(impatience);
}
