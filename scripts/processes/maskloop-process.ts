import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** Time a child gets to end by itself before it is killed. */
const GRACE_MS = 15_000;

/** A `maskloop` command that goes on until it is stopped. */
export interface Server {
  /** The JSON document that it printed when it was ready. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly pid: number;
  /** Resolves when the process has ended, wanted or not. */
  readonly ended: Promise<number | null>;
  /** Lets it end by itself, and kills it if it does not. */
  stop(): Promise<void>;
  /** Sends a signal at once; waits for the end where the signal is one that nobody survives. */
  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): Promise<void>;
}

function maskloop(words: readonly string[], env: NodeJS.ProcessEnv, stdout: 'pipe' | 'inherit'): ChildProcess {
  return spawn(process.execPath, [CLI, ...words], { env, stdio: ['ignore', stdout, 'inherit'] });
}

/**
 * Starts a server command with `--json` and waits until it is ready.
 *
 * @throws Error if it ends before it has said so
 */
export async function startServer(words: readonly string[], env: NodeJS.ProcessEnv): Promise<Server> {
  const child = maskloop([...words, '--json'], env, 'pipe');
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const kill = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    await ended;
    clearTimeout(kill);
  };
  const signal = async (name: NodeJS.Signals): Promise<void> => {
    child.kill(name);
    if (name === 'SIGKILL') await ended;
  };
  const facts = await Promise.race([firstDocument(child), ended.then(() => null)]);
  if (facts === null || child.pid === undefined) throw new Error(`maskloop ${words[0]} ended before it was ready`);
  return { facts, pid: child.pid, ended, stop, signal };
}

async function firstDocument(child: ChildProcess): Promise<Record<string, unknown> | null> {
  if (child.stdout === null) return null;
  let text = '';
  for await (const line of createInterface({ input: child.stdout })) {
    text += line;
    const document = parsed(text);
    if (document !== null) return document;
  }
  return null;
}

/** The document, once all of its lines are there. */
function parsed(text: string): Record<string, unknown> | null {
  try {
    const document: unknown = JSON.parse(text);
    return typeof document === 'object' && document !== null ? { ...document } : null;
  } catch {
    return null;
  }
}

/** Runs a command in the terminal to its end and returns its exit code. */
export async function run(words: readonly string[], env: NodeJS.ProcessEnv): Promise<number | null> {
  const child = maskloop(words, env, 'inherit');
  return new Promise((resolve) => child.once('close', resolve));
}

/** Runs a command to its end and returns what it printed on stdout. */
export async function capture(
  words: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ code: number | null; stdout: string }> {
  const child = maskloop(words, env, 'pipe');
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let stdout = '';
  for await (const chunk of child.stdout ?? []) stdout += String(chunk);
  return { code: await ended, stdout };
}
