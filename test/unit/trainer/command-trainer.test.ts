import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readMask } from '../../../src/coco/read-mask.ts';
import { commandTrainer } from '../../../src/trainer/command-trainer.ts';
import { programEnvironment } from '../../../src/trainer/command/program-environment.ts';
import type { TrainingTask } from '../../../src/contracts/trainer-reports.ts';
import type { Trainer } from '../../../src/trainer/trainer.ts';
import { until } from '../../kit/training-site.ts';
import { COMMAND_MODEL, openCommandSite, type CommandSite } from '../../kit/trainer/open-command-trainer.ts';
import { modelLabels } from '../sandbox/monai/talk.ts';

let site: CommandSite;
beforeEach(async () => {
  site = await openCommandSite();
});
afterEach(async () => site.close());

async function ended(trainer: Trainer, id: string): Promise<TrainingTask> {
  let task: TrainingTask | undefined;
  await until(async () => {
    task = (await trainer.trainings()).find((each) => each.id === id);
    return task?.status !== 'RUNNING' && task?.status !== 'SUBMITTED';
  });
  if (task === undefined) throw new Error(`no training ${id}`);
  return task;
}

const train = async (trainer: Trainer, name = 'run', maxEpochs: number | null = 4): Promise<TrainingTask> =>
  trainer.startTraining(COMMAND_MODEL, { name, maxEpochs });

describe('the program', () => {
  it('gets neither the secrets of the worker nor a name with its arguments', async () => {
    const program = join(site.folder, 'tell.sh');
    await writeFile(program, '#!/bin/sh\nenv >"$(dirname "$3")/env"\nexit 3\n', { mode: 0o755 });
    const env = {
      PATH: process.env['PATH'],
      LANG: 'C',
      CVAT_TOKEN: 's3cret',
      MASKLOOP_TOKEN: 's3cret',
      TEMPORAL_API_KEY: 's3cret',
    };
    const command = [program, '--key=s3cret'];
    const models = { [COMMAND_MODEL]: { a: 1 } };
    const trainer = commandTrainer({ command, folder: site.folder, models, environment: programEnvironment(env) });
    expect((await trainer.info()).name).toBe('tell.sh');
    const { id } = await train(trainer);
    await ended(trainer, id);
    const told = await readFile(join(site.folder, 'trainings', id, 'env'), 'utf8');
    expect(told).toContain('LANG=C');
    expect(told).not.toContain('s3cret');
  });
});

describe('a program that trains', () => {
  it('learns from the labelled images of its folder, publishes, and predicts better than chance', async () => {
    const { trainer, scenes } = site;
    expect(await trainer.publishedModel(COMMAND_MODEL)).toBeNull();
    expect(await trainer.counts()).toEqual({ images: 4, labelled: 4 });
    await expect(trainer.getModel(COMMAND_MODEL)).rejects.toMatchObject({ code: 'ModelNotFound' });
    const { id } = await train(trainer);
    const task = await ended(trainer, id);
    expect(task).toMatchObject({ id: '000001', status: 'DONE', name: 'run', model: COMMAND_MODEL });
    expect(task.details.at(-2)).toBe('epoch 4, in words');
    expect(await trainer.trainStats(COMMAND_MODEL)).toMatchObject({
      epoch: 4,
      totalEpochs: 4,
      ended: true,
      metricName: 'pixel_accuracy',
      bestMetric: expect.any(Number),
    });
    const file = await readFile(join(site.folder, 'models', COMMAND_MODEL, 'model'));
    const checksum = `SHA256:${createHash('sha256').update(file).digest('hex')}`;
    expect(await trainer.publishedModel(COMMAND_MODEL)).toMatchObject({ checksum });
    expect(await trainer.putModel(COMMAND_MODEL, Buffer.from('another'))).toBe(
      `SHA256:${createHash('sha256').update('another').digest('hex')}`,
    );
    await trainer.putModel(COMMAND_MODEL, file);
    expect(Buffer.from(await trainer.getModel(COMMAND_MODEL))).toEqual(file);
    const [scene] = scenes;
    if (scene === undefined) throw new Error('no scene');
    const mask = readMask(await trainer.predict(COMMAND_MODEL, 's0'), 'prediction');
    const truth = modelLabels(scene).values;
    const right = [...mask.values].filter((value, at) => value === truth[at]).length;
    expect(right / truth.length).toBeGreaterThan(0.6);
    const sent = { fileName: 'elsewhere.png', bytes: scene.image };
    const again = readMask(await trainer.predictFile(COMMAND_MODEL, sent), 'prediction of what was sent');
    expect([...again.values]).toEqual([...mask.values]);
    expect(await trainer.counts()).toEqual({ images: 4, labelled: 4 });
    expect(await readdir(join(site.folder, 'predictions'))).toEqual([]);
  });

  it('is one at a time, also when two workers ask at the same moment', async () => {
    const slow = site.pausedAfter(1);
    const asked = await Promise.allSettled([train(slow, 'a'), train(slow, 'b'), train(slow, 'c')]);
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const each of asked) {
      if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'TrainingBusy' });
    }
    await expect(train(slow, 'd')).rejects.toMatchObject({ code: 'TrainingBusy' });
    expect(await slow.trainings()).toHaveLength(1);
  });

  it('is ended with all its processes, and publishes nothing then', async () => {
    const slow = site.pausedAfter(2);
    const { id } = await train(slow, 'long', 1000);
    await until(async () => (await slow.trainStats(COMMAND_MODEL)) !== null);
    const leader = Number((await readFile(join(site.folder, 'trainings', id, 'pid'), 'utf8')).split('\n')[0]);
    expect(await slow.stopTraining(id)).toBe('told');
    expect((await ended(slow, id)).status).toBe('STOPPED');
    expect(() => process.kill(-leader, 0)).toThrow('ESRCH');
    expect(await slow.stopTraining(id)).toBe('ended');
    expect(await slow.publishedModel(COMMAND_MODEL)).toBeNull();
  });

  it('that is found dead is lost, and goes on from its checkpoint under the same name', async () => {
    const slow = site.pausedAfter(2);
    const { id } = await train(slow, 'run', 8);
    await until(async () => ((await slow.trainStats(COMMAND_MODEL))?.epoch ?? 0) === 2);
    const leader = Number((await readFile(join(site.folder, 'trainings', id, 'pid'), 'utf8')).split('\n')[0]);
    process.kill(-leader, 'SIGKILL');
    expect((await ended(slow, id)).status).toBe('LOST');
    const again = await train(slow, 'run', 8);
    expect((await ended(slow, again.id)).status).toBe('DONE');
    const epochs = (await readFile(join(site.folder, 'trainings', again.id, 'output.log'), 'utf8')).match(
      /^epoch \d+/gm,
    );
    expect(epochs?.at(0)).toBe('epoch 3');
    expect(epochs?.at(-1)).toBe('epoch 8');
  });

  it('is not taken for alive because another process has its number', async () => {
    const { id } = await train(site.trainer);
    await ended(site.trainer, id);
    const folder = join(site.folder, 'trainings', id);
    await writeFile(join(folder, 'pid'), `${process.pid}\nanother-boot\n17\n`);
    await rm(join(folder, 'exit'));
    expect((await ended(site.trainer, id)).status).toBe('LOST');
  });

  it('that fails, or writes no model, tells its last lines and its end', async () => {
    const failing = site.withWords('--fail');
    const failed = await ended(failing, (await train(failing)).id);
    expect(failed.status).toBe('ERROR');
    expect(failed.details.join('\n')).toContain('Error: no colours today');
    expect(failed.details.at(-1)).toBe('The program ended with exit code 1.');
    const empty = commandTrainer({
      command: ['true'],
      environment: {},
      folder: site.folder,
      models: { [COMMAND_MODEL]: { a: 1 } },
    });
    const silent = await ended(empty, (await train(empty, 'empty')).id);
    expect(silent.details).toEqual(['The program ended with exit code 0, but wrote no model.']);
    expect(await empty.publishedModel(COMMAND_MODEL)).toBeNull();
  });

  it('may print without end: its output stays bounded, and its progress is still read', async () => {
    const loud = site.withWords('--epoch-ms', '1', '--shout', '400000');
    const { id } = await train(loud, 'loud', 6);
    expect((await ended(loud, id)).status).toBe('DONE');
    const { size } = await stat(join(site.folder, 'trainings', id, 'output.log'));
    expect(size).toBeLessThanOrEqual(4 * 1024 * 1024);
    expect(await loud.trainStats(COMMAND_MODEL)).toMatchObject({ epoch: 6 });
  });
});

describe('the folder of a program', () => {
  it('never takes an image twice, and refuses names that would lead elsewhere', async () => {
    const image = { imageId: 's0', fileName: 's0.png', bytes: Buffer.from('other') };
    expect(await site.trainer.putImage(image)).toBe('present');
    expect(await site.trainer.getImage('s0')).not.toEqual(image.bytes);
    expect(await site.trainer.getLabel('nothing')).toBeNull();
    await expect(site.trainer.getLabel('../claim')).rejects.toMatchObject({ code: 'InvalidName' });
  });

  it('that cannot be used is an outage, and a model that is not configured a mistake', async () => {
    const file = join(site.folder, 'a-file');
    await writeFile(file, '');
    const broken = commandTrainer({ command: ['true'], environment: {}, folder: file, models: { m: { a: 1 } } });
    await expect(broken.counts()).rejects.toMatchObject({ code: 'TrainerUnusable' });
    await expect(site.trainer.trainStats('other')).rejects.toMatchObject({ code: 'ModelNotFound' });
    await expect(site.trainer.predict(COMMAND_MODEL, 's0')).rejects.toMatchObject({ code: 'ModelNotFound' });
  });
});
