import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { LoopPolicy } from '../../../src/contracts/loop.ts';
import { finishedRuns } from '../../../src/simulation/finished-runs.ts';
import { runDigest } from '../../../src/simulation/run-digest.ts';
import { loopPolicy } from '../../kit/loop-policy.ts';

const POINTS = [{ iteration: 1, frames: 3, dice: 0.5, agreement: null, corrections: null }];

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'maskloop-finished-'));
});
afterEach(async () => rm(dir, { recursive: true, force: true }));

describe('a loop that was simulated', () => {
  it('is known again by its digest, unless it is to be run anew or its file is broken', async () => {
    const folder = join(dir, 'curves/finished');
    const finished = finishedRuns(folder, false);
    expect(await finished.read('aa')).toBeNull();
    await finished.write('aa', POINTS);
    expect(await readdir(folder)).toEqual(['aa.json']);
    expect(await finished.read('aa')).toEqual(POINTS);
    expect(await finishedRuns(folder, true).read('aa')).toBeNull();
    await writeFile(join(folder, 'aa.json'), '{"schema":');
    expect(await finished.read('aa')).toBeNull();
    await writeFile(join(folder, 'aa.json'), '{"schema":"maskloop.simulated-loop/1","points":[{"iteration":1}]}');
    expect(await finished.read('aa')).toBeNull();
  });

  it('is the same wherever files lie and whatever its number is, and another with other frames, labels, seed or trainer', () => {
    const digest = (changes: Partial<LoopPolicy> = {}, labels = 'l', trainer: unknown = { command: ['train'] }) =>
      runDigest(loopPolicy(changes), { labels, trainer });
    const pool = (uri: string, sha256: string): Partial<LoopPolicy> => ({
      pool: { kind: 'files', images: { uri, sha256, files: 9 } },
    });
    const first = digest(pool('file:///a', 'aa'));
    expect(digest(pool('file:///b', 'aa'))).toBe(first);
    expect(digest({ ...pool('file:///a', 'aa'), connection: 'variant-2-seed-1', project: 'variant-2-seed-1' })).toBe(
      first,
    );
    const { selection } = loopPolicy();
    const others = [
      digest(pool('file:///a', 'bb')),
      digest({ ...pool('file:///a', 'aa'), selection: { ...selection, seed: 'seed 2' } }),
      digest({ ...pool('file:///a', 'aa'), batchSize: 3 }),
      digest(pool('file:///a', 'aa'), 'other labels'),
      digest(pool('file:///a', 'aa'), 'l', { command: ['train', '--fast'] }),
    ];
    expect(new Set([first, ...others]).size).toBe(6);
  });
});
