import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { capture } from '../../scripts/processes/maskloop-process.ts';
import { SCENE_MODEL_LABELS } from '../../src/sandbox/scenes/categories.ts';
import { writeScenes } from '../../src/sandbox/scenes/write-scenes.ts';
import { findTemporalBinary } from '../../src/temporal-binaries/find-binary.ts';
import { COMMAND_MODEL, meanColours } from '../kit/trainer/open-command-trainer.ts';

const FRAMES = 16;

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'maskloop-simulate-'));
});
afterEach(async () => rm(dir, { recursive: true, force: true }));

/** Frames, a maskloop.yaml over them, a trainer, and an environment that leads to nothing else. */
async function openFolder(): Promise<{ env: NodeJS.ProcessEnv; config: string; truth: string }> {
  const scenes = writeScenes(join(dir, 'frames'), { seed: 3, frames: FRAMES, width: 64, height: 48 });
  const config = join(dir, 'maskloop.yaml');
  const content = {
    name: 'vessels',
    project: 'SurgVU',
    categories: scenes.categoriesFile,
    pool: { images: scenes.imagesDir },
    batch: { size: 3, strategy: 'random', candidates: 4 },
    training: { model: COMMAND_MODEL, maxEpochs: 3, heldOut: 0.25 },
    cvat: { quiet: '10m', deadline: '1d', assign: ['anna'] },
  };
  await writeFile(config, stringify(content));
  const trainer = join(dir, 'trainer.json');
  const models = { [COMMAND_MODEL]: SCENE_MODEL_LABELS };
  await writeFile(trainer, JSON.stringify({ command: meanColours(), folder: join(dir, 'trainer'), models }));
  const ours = /^(CVAT|MONAI|MASKLOOP|TEMPORAL)_/;
  const kept = Object.entries(process.env).filter(([name]) => !ours.test(name));
  await mkdir(join(dir, 'tmp'));
  const env = {
    ...Object.fromEntries(kept),
    TMPDIR: join(dir, 'tmp'),
    MASKLOOP_TRAINER: trainer,
    MASKLOOP_STORE: join(dir, 'store'),
    // Nobody listens there: whoever asked it would fail.
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    TEMPORAL_CLI_PATH: await findTemporalBinary('temporal', { env: process.env }),
  };
  return { env, config, truth: scenes.truthDir };
}

describe('a simulation', () => {
  it('compares strategies on the same held-out frames, and touches and leaves nothing but its curves', async () => {
    const { env, config, truth } = await openFolder();
    const out = join(dir, 'curves');
    const words = ['--config', config, '--labels', truth, '--out', out, '--iterations', '2', '--json'];
    const strategies = ['--strategies', 'random', '50% uncertainty, 50% random'];
    const { code, stdout } = await capture(['simulate', ...words, ...strategies], env);
    expect(code).toBe(0);
    const found = JSON.parse(stdout) as { frames: { pool: number; heldOut: number }; points: object[] };
    expect(found.frames.pool + found.frames.heldOut).toBe(FRAMES);
    expect(found.frames.heldOut).toBe(4);
    const dice = expect.any(Number);
    const first = { seed: 1, iteration: 1, frames: 3, dice, agreement: null };
    const second = { seed: 1, iteration: 2, frames: 6, dice, agreement: expect.any(Number) };
    expect(found.points).toEqual([
      expect.objectContaining({ variant: 'random', ...first }),
      expect.objectContaining({ variant: 'random', ...second }),
      expect.objectContaining({ variant: '50% uncertainty, 50% random', ...first }),
      expect.objectContaining({ variant: '50% uncertainty, 50% random', ...second }),
    ]);
    expect((await readFile(join(out, 'curves.csv'), 'utf8')).trimEnd().split('\r\n')).toHaveLength(5);
    expect((await readFile(join(out, 'curves.png'))).subarray(1, 4).toString()).toBe('PNG');
    expect(existsSync(join(dir, 'store'))).toBe(false);
    expect(existsSync(join(dir, 'trainer'))).toBe(false);
    expect((await readdir(join(dir, 'tmp'))).filter((name) => name.startsWith('maskloop'))).toEqual([]);
    // What has finished is not run again: neither Temporal nor the trainer is there any more.
    const noTemporal = { ...env, TEMPORAL_CLI_PATH: join(dir, 'nowhere') };
    const again = await capture(['simulate', ...words, ...strategies.toSpliced(1, 1)], noTemporal);
    expect(again.code).toBe(0);
    expect((JSON.parse(again.stdout) as typeof found).points).toEqual(found.points.slice(2));
    const anew = await capture(['simulate', ...words, ...strategies, '--again'], noTemporal);
    expect(anew.code).not.toBe(0);
  }, 400_000);

  it('says at once where labels have no image, and what is needed', async () => {
    const { env, config } = await openFolder();
    const empty = join(dir, 'empty');
    await mkdir(empty);
    await writeFile(join(empty, 'nobody.png'), '');
    const words = ['--config', config, '--labels', empty, '--out', join(dir, 'curves'), '--json'];
    const { code } = await capture(['simulate', ...words], env);
    expect(code).toBe(2);
    expect(existsSync(join(dir, 'curves'))).toBe(false);
    expect(await readdir(join(dir, 'tmp'))).toEqual([]);
  }, 240_000);
});
