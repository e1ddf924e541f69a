import { afterEach, describe, expect, it } from '@jest/globals';
import { readRunRecord } from '../../src/activities/training/run-record.ts';
import { monaiTrainer } from '../../src/trainer/monai-trainer.ts';
import { quietEnvironment } from '../kit/activity-site.ts';
import { openTrainingSite, until, type TrainingDesk, type TrainingSite } from '../kit/training-site.ts';

let site: TrainingSite;
afterEach(async () => site.close());

const MODEL = 'segmentation';

const epochOf = async (): Promise<number> => (await site.monai.trainStats(MODEL))?.epoch ?? 0;
const published = async (): Promise<string | undefined> => (await site.monai.publishedModel(MODEL))?.checksum;
/** Number of requests that would have killed whatever runs. */
const kills = (): number => site.log.count({ server: 'monai', method: 'DELETE', path: /^\/train/ });

/** Starts a training that its server then forgets, after so many epochs; its process lives on. */
async function forgotten(desk: TrainingDesk, epochs = 2): Promise<void> {
  await desk.start();
  await until(async () => (await epochOf()) >= epochs);
  await site.server.restart();
}

/** Has somebody else begin a training of the model. */
async function foreign(maxEpochs: number): Promise<string> {
  const { id } = await site.monai.startTraining(MODEL, { name: 'slicer', maxEpochs });
  await until(async () => (await statusOf(id)) === 'RUNNING');
  return id;
}

const statusOf = async (id: string): Promise<string | undefined> =>
  (await site.monai.trainings()).find((task) => task.id === id)?.status;

describe('a stop of a training that its server has forgotten', () => {
  it('waits until it is through while it lives, tells so, and kills nothing', async () => {
    site = await openTrainingSite({ epochMs: 100 });
    const desk = site.desk({ maxEpochs: 8 });
    await forgotten(desk);
    const told: unknown[] = [];
    const env = quietEnvironment();
    env.on('heartbeat', (progress?: object) => told.push(progress));
    await desk.stop(env);
    expect(await site.monai.trainStats(MODEL)).toMatchObject({ epoch: 8, ended: true });
    const last = await published();
    expect(told).toContainEqual(expect.objectContaining({ phase: 'training', lost: 'lives on', totalEpochs: 8 }));
    expect(kills()).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await published()).toBe(last);
  });

  it('comes back when it is certainly dead, and not before', async () => {
    site = await openTrainingSite({ epochMs: 100 });
    const desk = site.desk({ maxEpochs: 50, timing: { stalledAfterMs: 800 } });
    await forgotten(desk);
    site.server.killProcesses();
    const since = Date.now();
    await desk.stop();
    expect(Date.now() - since).toBeGreaterThanOrEqual(800);
    expect(kills()).toBe(0);
  });

  it('fails where it lives for longer than is waited, and says how far it is', async () => {
    site = await openTrainingSite({ epochMs: 100 });
    const desk = site.desk({ maxEpochs: 500, stopMostMs: 700 });
    await forgotten(desk);
    await expect(desk.stop()).rejects.toMatchObject({
      type: 'TrainingRunsOn',
      nonRetryable: true,
      message: expect.stringMatching(/goes on \(epoch \d+ of 500\).* its server has forgotten it/),
      details: [{ run: desk.runName, model: MODEL, totalEpochs: 500 }],
    });
    expect(kills()).toBe(0);
  });

  it('leaves the training of somebody else alone, and does not take it for a sign of ours', async () => {
    site = await openTrainingSite({ epochMs: 100 });
    const desk = site.desk({ maxEpochs: 60, timing: { stalledAfterMs: 800 }, stopMostMs: 4000 });
    const training = await desk.start();
    const watch = quietEnvironment();
    const watched = desk.watch(training, watch).catch(() => undefined);
    await until(async () => (await desk.metrics()).length > 0);
    watch.cancel();
    await watched;
    await site.server.restart();
    site.server.killProcesses();
    const theirs = await foreign(5000);
    let stopped = false;
    const publishing = (async () => {
      for (let number = 0; !stopped; number++) {
        await site.monai.uploadModel(MODEL, new TextEncoder().encode(`model ${number}`));
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    })();
    await desk.stop().finally(() => {
      stopped = true;
    });
    await publishing;
    expect(await statusOf(theirs)).toBe('RUNNING');
    expect(kills()).toBe(0);
  });

  it('that nobody saw begin is not taken for ended while somebody else trains and it may live', async () => {
    site = await openTrainingSite({ epochMs: 200, spawnMs: 100 });
    // A busy machine may hold a process up for longer than an epoch by far.
    const desk = site.desk({ maxEpochs: 500, timing: { stalledAfterMs: 3500 }, stopMostMs: 4500 });
    await desk.start();
    await site.server.restart();
    // The two write over each other's statistics: theirs half an epoch after ours.
    const epoch = await epochOf();
    await until(async () => (await epochOf()) > epoch);
    const theirs = await foreign(5000);
    await expect(desk.stop()).rejects.toMatchObject({ type: 'TrainingRunsOn' });
    expect(await statusOf(theirs)).toBe('RUNNING');
    expect(kills()).toBe(0);
  });

  it('tells none of the epochs of somebody else as ours where the server has forgotten that training as well', async () => {
    site = await openTrainingSite({ epochMs: 100, startMs: 400 });
    const desk = site.desk({ maxEpochs: null, timing: { stalledAfterMs: 1400 }, stopMostMs: 10_000 });
    const training = await desk.start();
    await site.server.restart();
    site.server.killProcesses();
    const theirs = await foreign(3);
    const watch = quietEnvironment();
    const watched = desk.watch(training, watch).catch(() => undefined);
    const rivals = async () => (await readRunRecord(site.store, desk.id, desk.runName))?.rivals;
    await until(async () => (await rivals())?.includes(theirs) === true);
    watch.cancel();
    await watched;
    await until(async () => (await statusOf(theirs)) === 'DONE');
    await site.server.restart();
    const told: unknown[] = [];
    const env = quietEnvironment();
    env.on('heartbeat', (progress?: object) => told.push(progress));
    await desk.stop(env);
    expect(told).not.toContainEqual(expect.objectContaining({ lost: 'lives on' }));
    expect((await desk.metrics()).filter(({ totalEpochs }) => totalEpochs === 3)).toEqual([]);
  });

  it('keeps in mind who trained beside it, for whoever looks at what is published', async () => {
    site = await openTrainingSite({ epochMs: 100 });
    const desk = site.desk({ maxEpochs: 60, timing: { stalledAfterMs: 800 } });
    await forgotten(desk);
    site.server.killProcesses();
    const theirs = await foreign(3);
    await desk.stop();
    expect(await readRunRecord(site.store, desk.id, desk.runName)).toMatchObject({
      request: 'refused',
      rivals: [theirs],
    });
  });

  it('ends at once where it is cancelled itself', async () => {
    site = await openTrainingSite({ epochMs: 100 });
    const desk = site.desk({ maxEpochs: 500 });
    await forgotten(desk);
    const env = quietEnvironment();
    env.on('heartbeat', (progress?: { lost?: string }) => {
      if (progress?.lost === 'lives on') env.cancel();
    });
    await expect(desk.stop(env)).rejects.toThrow('cancelled');
  });

  it('waits for nothing where it is known to have ended, or was seen ended before the server forgot it', async () => {
    site = await openTrainingSite({ epochMs: 100 });
    const desk = site.desk({ maxEpochs: 500, stopMostMs: 1 });
    await forgotten(desk);
    site.server.killProcesses();
    await desk.stop(quietEnvironment(), true);
    const other = site.desk({ task: 'Iteration_2', maxEpochs: 500, stopMostMs: 1 });
    await other.start();
    await other.stop();
    expect(kills()).toBe(1);
    await site.server.restart();
    await other.stop();
  });

  it('waits for nothing where the request was never accepted: the server still knows what came before', async () => {
    site = await openTrainingSite({ epochMs: 20 });
    const before = site.desk({ task: 'Iteration_0' });
    await before.watch(await before.start());
    const desk = site.desk({
      stopMostMs: 1,
      trainer: {
        ...monaiTrainer(site.monai),
        startTraining: async () => Promise.reject(new Error('the worker was killed here')),
      },
    });
    await expect(desk.start()).rejects.toThrow('killed here');
    await desk.stop();
  });
});
