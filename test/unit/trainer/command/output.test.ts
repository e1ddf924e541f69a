import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { freeBlocks } from '../../../../src/trainer/command/free-blocks.ts';
import { readOutput } from '../../../../src/trainer/command/output.ts';

const MB = 1024 * 1024;
const NOISE = `${'noise '.repeat(17)}\n`.repeat(10_300);

let folder: string;
let log: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskloop-output-'));
  log = join(folder, 'output.log');
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

const epoch = (number: number, metric: number): string =>
  `${JSON.stringify({ epoch: number, totalEpochs: 9, metric, metricName: 'dice' })}\n`;
const living = async () => readOutput({ folder, status: 'RUNNING' });
const ended = async () => readOutput({ folder, status: 'DONE' });
const onDisk = async (): Promise<number> => (await stat(log)).blocks * 512;

describe('the output of a program', () => {
  it('tells its progress however much noise came after it, and is short once the program has ended', async () => {
    await writeFile(log, `${epoch(1, 0.9)}${epoch(2, 0.4)}${NOISE.repeat(6)}the end\n`);
    const whole = await ended();
    expect(whole.progress).toMatchObject({ newest: { epoch: 2, metric: 0.4 }, highest: 0.9 });
    expect(whole.lastLines.at(-1)).toBe('the end');
    expect((await stat(log)).size).toBe(MB);
    expect(await ended()).toEqual(whole);
  });

  it('tells its progress where only notes are left of it, and goes on from there', async () => {
    await writeFile(log, `${epoch(1, 0.9)}${NOISE.repeat(6)}`);
    await living();
    await appendFile(log, `${epoch(2, 0.4)}${NOISE.repeat(6)}`);
    expect((await living()).progress).toMatchObject({ newest: { epoch: 2 }, highest: 0.9 });
    await appendFile(log, epoch(3, 0.5).trimEnd());
    expect((await living()).progress).toMatchObject({ newest: { epoch: 3 }, highest: 0.9 });
    expect((await readdir(folder)).filter((name) => name.includes('seen'))).toHaveLength(1);
    expect((await ended()).progress).toMatchObject({ newest: { epoch: 3 }, highest: 0.9 });
    expect((await ended()).progress).toMatchObject({ newest: { epoch: 3 }, highest: 0.9 });
  });

  it('may be a line without end, between lines of progress', async () => {
    await writeFile(log, `${epoch(1, 0.9)}${'bar '.repeat(2 * MB)}`);
    expect((await living()).progress).toMatchObject({ newest: { epoch: 1 } });
    await appendFile(log, `${'bar '.repeat(MB)}${epoch(2, 0.5)}\n${epoch(3, 0.6)}`);
    expect((await living()).progress).toMatchObject({ newest: { epoch: 3 }, highest: 0.9 });
  });

  it('loses no line while two workers cut it and the program writes', async () => {
    const lines = Array.from({ length: 60 }, (_, at) => epoch(at + 1, at === 30 ? 0.9 : 0.1)).join('');
    await writeFile(join(folder, 'noise'), NOISE);
    await writeFile(join(folder, 'lines'), lines);
    const script = 'while IFS= read -r line; do printf "%s\\n" "$line"; cat noise; done <lines';
    const output = await open(log, 'a');
    const child = spawn('/bin/sh', ['-c', script], { cwd: folder, stdio: ['ignore', output.fd, 'inherit'] });
    const exit = once(child, 'exit');
    while (child.exitCode === null) {
      const seen = await Promise.all([living(), living()]);
      for (const { progress } of seen) {
        const { newest, highest } = progress ?? {};
        expect(highest ?? 0.1).toBe((newest?.epoch ?? 0) > 30 ? 0.9 : 0.1);
      }
    }
    await exit;
    await output.close();
    expect((await stat(log)).size).toBeGreaterThan(60 * MB);
    const last = await Promise.all([ended(), living(), ended()]);
    for (const { progress } of last) expect(progress).toMatchObject({ newest: { epoch: 60 }, highest: 0.9 });
    expect((await stat(log)).size).toBe(MB);
  });
});

describe('the blocks of a file that is written to', () => {
  it('are given back where the system can, and nothing else changes', async () => {
    await writeFile(log, NOISE.repeat(6));
    const before = await onDisk();
    const file = await open(log, 'r');
    const could = await freeBlocks(file, 5 * MB);
    await file.close();
    await appendFile(log, 'the end\n');
    const text = await readFile(log, 'utf8');
    expect(text.endsWith(`${NOISE}the end\n`)).toBe(true);
    expect(text.length).toBe(NOISE.length * 6 + 8);
    expect(could ? before - (await onDisk()) > 4 * MB : text.startsWith(NOISE)).toBe(true);
  });
});
