import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startMemoryTemporal } from '../../../../src/cli/up/memory-temporal.ts';
import { findTemporalBinary } from '../../../../src/temporal-binaries/find-binary.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'maskloop-memory-temporal-'));
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

/** A program that ends so many times at once, a line for each in a file, and is Temporal's own after that. */
async function endingFirst(times: number): Promise<string> {
  const program = path.join(folder, 'temporal');
  const real = await findTemporalBinary('temporal', { env: process.env });
  const lines = [
    '#!/bin/sh',
    `echo "$$" >> "${folder}/runs"`,
    `[ "$(wc -l < "${folder}/runs")" -le ${times} ] && echo "its port is taken" && exit 3`,
    `exec "${real}" "$@"`,
  ];
  await writeFile(program, lines.join('\n'));
  await chmod(program, 0o755);
  return program;
}

const runs = async (): Promise<number> =>
  (await readFile(path.join(folder, 'runs'), 'utf8')).trimEnd().split('\n').length;

describe('a Temporal in memory', () => {
  it('is started again where it ends before it answers', async () => {
    const temporal = await startMemoryTemporal(await endingFirst(2), folder, new AbortController().signal);
    await temporal.stop();
    expect(await runs()).toBe(3);
  });

  it('is given up, with its last words, where it ends three times', async () => {
    const starting = startMemoryTemporal(await endingFirst(9), folder, new AbortController().signal);
    await expect(starting).rejects.toMatchObject({
      code: 'TemporalUnreachable',
      message: expect.stringContaining('ended (exit code 3):\nits port is taken'),
    });
    expect(await runs()).toBe(3);
  });
});
