import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readRun, type CommandRun } from '../../../../src/trainer/command/run-folder.ts';

/** So many ends that one falls between two reads of every look. */
const ENDS = 25;

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'maskloop-runs-'));
});
afterEach(async () => rm(root, { recursive: true, force: true }));

/** Starts what leads a run: it notes its number, and soon how it ended. */
async function begin(folder: string): Promise<void> {
  const mark = { host: hostname(), worker: process.pid, workerMark: null };
  await mkdir(folder);
  await writeFile(
    join(folder, 'claim.json'),
    JSON.stringify({ run: 'run', model: 'm', ...mark, claimedAt: new Date().toISOString() }),
  );
  const script = 'echo $$ >pid; sleep 0.02; echo 1 >exit.new && mv exit.new exit';
  spawn('/bin/sh', ['-c', script], { cwd: folder, detached: true, stdio: 'ignore' }).unref();
}

async function firstAfter(folder: string): Promise<CommandRun | null> {
  for (;;) {
    const run = await readRun(folder);
    if (run?.status !== 'RUNNING' && run?.status !== 'SUBMITTED') return run;
  }
}

describe('the end of a run', () => {
  it('is told with its exit code from the first look on', async () => {
    for (let number = 1; number <= ENDS; number += 1) {
      const folder = join(root, String(number).padStart(6, '0'));
      await begin(folder);
      expect(await firstAfter(folder)).toMatchObject({ status: 'ERROR', exitCode: '1' });
    }
  });
});
