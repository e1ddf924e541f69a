import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { claimRun } from '../../../../src/trainer/command/claim-run.ts';
import { launch } from '../../../../src/trainer/command/launch.ts';
import { readRun, type CommandRun } from '../../../../src/trainer/command/run-folder.ts';
import { stopRun } from '../../../../src/trainer/command/stop-run.ts';

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

describe('a run of another container with the same host name', () => {
  /** It runs here, under a number of which only its own container knows whose it is. */
  async function beginElsewhere(name: string, claimedAt = '2026-03-01T10:00:00.000Z'): Promise<string> {
    const folder = join(root, 'trainings', name);
    await mkdir(folder, { recursive: true });
    const place = { host: hostname(), space: 'boot pid:[1]', worker: process.pid, workerMark: null };
    await writeFile(join(folder, 'claim.json'), JSON.stringify({ run: 'run', model: 'm', ...place, claimedAt }));
    return folder;
  }

  it('lives while its processes hold its lock: it is neither taken for lost nor stopped from here', async () => {
    const run = await claimRun(root, { run: 'run', model: 'm' }, () => ({}));
    const there = { ...run.claim, space: 'boot pid:[1]' };
    await writeFile(join(run.folder, 'claim.json'), JSON.stringify(there));
    await launch(
      run,
      { command: ['/bin/sh', '-c', 'until [ -e over ]; do sleep 0.05; done'], environment: process.env },
      'm',
    );
    const noted = join(run.folder, 'pid');
    let leader = 0;
    while (leader === 0) leader = Number.parseInt(await readFile(noted, 'utf8').catch(() => '0'), 10) || 0;
    expect(await readRun(run.folder)).toMatchObject({ status: 'RUNNING' });
    await expect(stopRun(run.folder)).rejects.toMatchObject({
      code: 'TrainerElsewhere',
      message: expect.stringContaining('in another container named'),
    });
    await expect(claimRun(root, { run: 'next', model: 'm' }, () => ({}))).rejects.toMatchObject({
      code: 'TrainingBusy',
    });
    // Its shell is killed and the program runs on, as it may where memory is short.
    process.kill(leader, 'SIGKILL');
    await sleep(50);
    expect(await readRun(run.folder)).toMatchObject({ status: 'RUNNING' });
    await writeFile(join(run.folder, 'over'), '');
    expect(await firstAfter(run.folder)).toMatchObject({ status: 'LOST' });
  });

  it('is lost when nobody holds its lock, whoever looks at the same time, and nothing here is ended by its number', async () => {
    const stranger = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
    const folder = await beginElsewhere('000001');
    await writeFile(join(folder, 'pid'), `${stranger.pid}\n`);
    await writeFile(join(folder, 'locked'), '');
    for (let round = 0; round < 5; round += 1) {
      const looks = await Promise.all([readRun(folder), stopRun(folder), readRun(folder), readRun(folder)]);
      expect(looks.map((look) => (typeof look === 'string' ? look : look?.status))).toEqual([
        'LOST',
        'ended',
        'LOST',
        'LOST',
      ]);
    }
    expect(stranger.kill('SIGKILL')).toBe(true);
    expect(stranger.signalCode).toBeNull();
    expect(await claimRun(root, { run: 'run', model: 'm' }, () => ({}))).toMatchObject({ id: '000002' });
  });

  it('counts as living where nobody can look at its lock', async () => {
    const folder = await beginElsewhere('000001');
    await writeFile(join(folder, 'pid'), '999999\n');
    await writeFile(join(folder, 'locked'), '');
    expect(await readRun(folder)).toMatchObject({ status: 'LOST' });
    await rm(join(folder, 'lock'));
    await symlink('/nowhere/lock', join(folder, 'lock'));
    expect(await readRun(folder)).toMatchObject({ status: 'RUNNING' });
  });

  it('counts as living where it could take no lock', async () => {
    const run = await claimRun(root, { run: 'run', model: 'm' }, () => ({}));
    await writeFile(join(run.folder, 'claim.json'), JSON.stringify({ ...run.claim, space: 'boot pid:[1]' }));
    await writeFile(join(root, 'flock'), '#!/bin/sh\nexit 71\n', { mode: 0o755 });
    const environment = { PATH: `${root}:${process.env['PATH']}` };
    await launch(run, { command: ['/bin/sh', '-c', 'exit 0'], environment }, 'm');
    while ((await readFile(join(run.folder, 'exit')).catch(() => null)) === null) await sleep(10);
    await rm(join(run.folder, 'exit'));
    expect(await readRun(run.folder)).toMatchObject({ status: 'RUNNING' });
  });

  it('may still begin shortly after it was claimed', async () => {
    const folder = await beginElsewhere('000001', new Date().toISOString());
    expect(await readRun(folder)).toMatchObject({ status: 'SUBMITTED' });
  });
});
