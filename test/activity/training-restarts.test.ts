import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { monaiTrainer } from '../../src/trainer/monai-trainer.ts';
import { quietEnvironment } from '../kit/activity-site.ts';
import { COMMAND_MODEL, openCommandSite } from '../kit/trainer/open-command-trainer.ts';
import { openTrainingSite, until, type DeskOptions, type TrainingSite } from '../kit/training-site.ts';

let site: TrainingSite;
afterEach(async () => site.close());

const MODEL = 'segmentation';

async function epochOf(): Promise<number> {
  return (await site.monai.trainStats(MODEL))?.epoch ?? 0;
}

describe('a server that is restarted', () => {
  it('while its process lives on: its model is waited for, and no second training is started', async () => {
    site = await openTrainingSite({ epochMs: 80 });
    const desk = site.desk({ maxEpochs: 7 });
    const training = await desk.start();
    await until(async () => (await epochOf()) >= 2);
    await site.server.restart();
    const states = new Set<unknown>();
    const env = quietEnvironment();
    env.on('heartbeat', (progress?: { lost?: string }) => states.add(progress?.lost));
    const model = await desk.watch(training, env);
    expect(model).toMatchObject({ epochs: 7, checksum: (await site.monai.publishedModel(MODEL))?.checksum });
    expect(states).toContain('lives on');
    expect(site.accepted()).toBe(1);
    expect(await desk.start()).toMatchObject({ joined: true });
    expect(site.accepted()).toBe(1);
  });

  it('and whose process dies too: the training is started again under the same name, once it is certainly dead', async () => {
    site = await openTrainingSite({ epochMs: 60 });
    const desk = site.desk({ maxEpochs: 8, timing: { stalledAfterMs: 800 } });
    const training = await desk.start();
    await until(async () => (await epochOf()) >= 2);
    await site.server.restart();
    site.server.killProcesses();
    const model = await desk.watch(training);
    expect(model.epochs).toBe(8);
    expect(site.accepted()).toBe(2);
    const [again, ...others] = await site.monai.trainings();
    expect([again?.name, others]).toEqual([desk.runName, []]);
    const runs = new Set((await desk.metrics()).map(({ run }) => run));
    expect(runs.size).toBeGreaterThanOrEqual(1);
  });

  it('whose process was silent for so long that it was taken for dead: the second training gives way when it moves', async () => {
    site = await openTrainingSite({ epochMs: 1500 });
    const desk = site.desk({ maxEpochs: 4, timing: { stalledAfterMs: 700 } });
    const training = await desk.start();
    await until(async () => (await epochOf()) >= 1);
    await site.server.restart();
    const model = await desk.watch(training);
    expect(model.epochs).toBe(4);
    const statuses = (await site.monai.trainings()).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set(['STOPPED']));
  });

  it('after the request and before anybody knew of it: the same run is found by its statistics', async () => {
    site = await openTrainingSite({ epochMs: 80 });
    const monai = monaiTrainer(site.monai);
    const answerLost: DeskOptions = {
      maxEpochs: 6,
      trainer: {
        ...monai,
        startTraining: async (...args) => {
          await monai.startTraining(...args);
          await until(async () => (await epochOf()) >= 1);
          await site.server.restart();
          throw new Error('the worker was killed here');
        },
      },
    };
    await expect(site.desk(answerLost).start()).rejects.toThrow('killed here');
    const desk = site.desk({ maxEpochs: 6 });
    const training = await desk.start();
    expect(training).toMatchObject({ taskId: '', joined: true });
    expect(await desk.watch(training)).toMatchObject({ epochs: 6 });
    expect(site.accepted()).toBe(1);
  });
});

describe('a program whose processes are killed amid a training', () => {
  it('is started again under the same name, and goes on from its checkpoint', async () => {
    site = await openTrainingSite({}, 0);
    const program = await openCommandSite();
    const trainer = program.pausedAfter(2);
    const desk = site.desk({ trainer, model: COMMAND_MODEL, maxEpochs: 6 });
    const watched = desk.watch(await desk.start());
    await until(async () => (await trainer.trainStats(COMMAND_MODEL))?.epoch === 2);
    const leader = Number((await readFile(join(program.folder, 'trainings/000001/pid'), 'utf8')).split('\n')[0]);
    process.kill(-leader, 'SIGKILL');
    expect(await watched).toMatchObject({ epochs: 6, trainerMetric: { name: 'pixel_accuracy' } });
    expect((await trainer.trainings()).map(({ status, name }) => [status, name])).toEqual([
      ['LOST', desk.runName],
      ['DONE', desk.runName],
    ]);
    expect(await readFile(join(program.folder, 'trainings/000002/output.log'), 'utf8')).not.toContain('"epoch":1,');
    await program.close();
  });
});

describe('the metrics of a training', () => {
  it('are a line an epoch, once, also when the worker is lost in between', async () => {
    site = await openTrainingSite({ epochMs: 120 });
    const desk = site.desk({ maxEpochs: 6 });
    const training = await desk.start();
    const first = quietEnvironment();
    const lost = desk.watch(training, first);
    await until(async () => (await desk.metrics()).length >= 1);
    first.cancel();
    await expect(lost).rejects.toThrow('cancelled');
    const model = await desk.watch(training);
    const points = await desk.metrics();
    const epochs = points.map(({ epoch }) => epoch);
    expect(epochs).toEqual([...new Set(epochs)].toSorted((a, b) => a - b));
    expect(points.at(-1)).toMatchObject({ epoch: 6, totalEpochs: 6, metric: expect.any(Number) });
    expect(points.at(-1)?.best).toBe(model.trainerMetric?.value);
    expect(model.metrics).toMatchObject({ points: points.length });
    expect(
      new TextDecoder().decode(await site.store.get(model.metrics?.file ?? { uri: '', sha256: '', bytes: 0 })),
    ).toBe(points.map((point) => `${JSON.stringify(point)}\n`).join(''));
  });
});
