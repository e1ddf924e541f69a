import { afterEach, describe, expect, it } from '@jest/globals';
import type { TrainingRef } from '../../src/contracts/training.ts';
import { monaiTrainer } from '../../src/trainer/monai-trainer.ts';
import { openTrainingSite, until, type TrainingSite } from '../kit/training-site.ts';
import { settledTasks, train } from '../unit/sandbox/monai/talk.ts';

let site: TrainingSite;
afterEach(async () => site.close());

const MODEL = 'segmentation';
const ENDLESS = 100_000;

async function untilRunning(name: string): Promise<void> {
  await until(async () =>
    (await site.monai.trainings()).some((task) => task.name === name && task.status === 'RUNNING'),
  );
}

/** A training that no activity has started. */
function foreign(runName: string, taskId: string): TrainingRef {
  const submittedAt = new Date().toISOString();
  return { model: MODEL, taskId, runName, tryNumber: 1, submittedAt, previousRunStart: null, joined: false };
}

describe('two trainings that are accepted at the same moment', () => {
  it('become one after the other: the first gives way, and trains when the second is done', async () => {
    site = await openTrainingSite({ spawnMs: 600, startMs: 500 });
    const desks = [site.desk({ task: 'one', firstRunId: 'a' }), site.desk({ task: 'two', firstRunId: 'b' })];
    const started = await Promise.allSettled(desks.map((desk) => desk.start()));
    expect(site.accepted()).toBe(2);
    const yielded = started.findIndex(({ status }) => status === 'rejected');
    expect(started[yielded]).toMatchObject({
      reason: {
        type: 'TrainingBusy',
        nonRetryable: true,
        message: expect.stringContaining(desks[1 - yielded]?.runName ?? ''),
      },
    });
    const order = (await site.monai.trainings()).map(({ name }) => name);
    expect(order[0]).toBe(desks[yielded]?.runName);
    const winner = started[1 - yielded];
    if (winner?.status !== 'fulfilled') throw new Error('neither of them trains');
    expect(await desks[1 - yielded]?.watch(winner.value)).toMatchObject({ epochs: 3 });
    const again = await desks[yielded]?.start();
    expect(again).toMatchObject({ joined: false });
    expect((await settledTasks(site.server.url)).map(({ status }) => status)).toEqual(['STOPPED', 'DONE', 'DONE']);
  });

  it('of which the first is of others: ours, which waited behind it, gives way once that has published', async () => {
    site = await openTrainingSite({ spawnMs: 900, startMs: 300 });
    await train(site.server.url, { name: 'theirs', max_epochs: 4 });
    const desk = site.desk();
    const training = await desk.start();
    await expect(desk.watch(training)).rejects.toMatchObject({ type: 'TrainingBusy', nonRetryable: true });
    expect((await settledTasks(site.server.url)).map(({ status }) => status)).toEqual(['DONE', 'STOPPED']);
    const theirs = await site.monai.publishedModel(MODEL);
    const model = await desk.watch(await desk.start());
    expect(model.checksum).not.toBe(theirs?.checksum);
  });
});

describe('a server that trains for somebody else', () => {
  it('is waited for, with the name of that training, and is not asked', async () => {
    site = await openTrainingSite();
    await train(site.server.url, { name: 'theirs', max_epochs: ENDLESS });
    await untilRunning('theirs');
    const busy = { type: 'TrainingBusy', message: expect.stringContaining('theirs'), details: [{ run: 'theirs' }] };
    await expect(site.desk().start()).rejects.toMatchObject(busy);
    expect(site.accepted()).toBe(1);
  });

  it('answers 429 to a request that comes a moment too late, and that is no request that may run', async () => {
    site = await openTrainingSite();
    const monai = monaiTrainer(site.monai);
    let seen = 0;
    const late = site.desk({
      trainer: { ...monai, trainings: async (signal) => (seen++ === 0 ? [] : monai.trainings(signal)) },
    });
    await train(site.server.url, { name: 'theirs', max_epochs: ENDLESS });
    await untilRunning('theirs');
    await expect(late.start()).rejects.toMatchObject({ type: 'TrainingBusy', details: [{ run: 'theirs' }] });
    await site.monai.stopRunningTraining();
    expect(await site.desk().start()).toMatchObject({ joined: false });
  });
});

describe('a request whose answer is lost', () => {
  it('is found by its name, and not sent again', async () => {
    site = await openTrainingSite();
    const monai = monaiTrainer(site.monai);
    const cut = site.desk({
      trainer: {
        ...monai,
        startTraining: async (...args) => {
          await monai.startTraining(...args);
          throw new Error('connection reset');
        },
      },
    });
    await expect(cut.start()).rejects.toThrow('connection reset');
    expect(await site.desk().start()).toMatchObject({ joined: true });
    expect(site.accepted()).toBe(1);
  });
});

describe('a training that ends badly', () => {
  it('tells the end of its traceback, line by line', async () => {
    site = await openTrainingSite({}, 0);
    const desk = site.desk();
    const failed = desk.watch(await desk.start());
    await expect(failed).rejects.toMatchObject({
      type: 'TrainingFailed',
      message: expect.stringMatching(/ended with an error: ValueError: num_samples[^]*\n {2}Traceback/),
      details: [{ output: expect.arrayContaining(['Traceback (most recent call last):']) }],
    });
  });

  it('never takes the statistics of the run before for its own', async () => {
    site = await openTrainingSite();
    await train(site.server.url, { name: 'before', max_epochs: 7 });
    await settledTasks(site.server.url);
    const desk = site.desk({ maxEpochs: 7 });
    const previous = await site.monai.trainStats(MODEL);
    // The statistics tell the start in whole seconds.
    await until(async () => Date.now() / 1000 > (previous?.startedAtSeconds ?? 0) + 1);
    const training = await desk.start();
    expect(training.previousRunStart).toBe(previous?.startedAtSeconds);
    await desk.watch(training);
    const runs = new Set((await desk.metrics()).map(({ run }) => run));
    expect(runs).toEqual(new Set([(await site.monai.trainStats(MODEL))?.startedAtSeconds]));
    expect(runs).not.toContain(previous?.startedAtSeconds);
  });

  it('was stopped by somebody', async () => {
    site = await openTrainingSite();
    const desk = site.desk({ maxEpochs: ENDLESS });
    const training = await desk.start();
    await untilRunning(desk.runName);
    await site.monai.stopRunningTraining();
    await expect(desk.watch(training)).rejects.toMatchObject({ type: 'TrainingStopped' });
  });

  it('never begins: it counts as stalled, and a further try is not kept from starting', async () => {
    site = await openTrainingSite();
    const desk = site.desk({ timing: { stalledAfterMs: 300 } });
    const stuck = JSON.parse((await train(site.server.url, { name: desk.runName, gpus: 1 })).text) as { id: string };
    await expect(desk.watch(foreign(desk.runName, stuck.id))).rejects.toMatchObject({
      type: 'TrainingStalled',
      message: expect.stringContaining('does not begin'),
    });
    const again = await desk.start(undefined, 2);
    expect(await desk.watch(again)).toMatchObject({ epochs: 3 });
  });

  it('shows no epoch for too long: it counts as stalled, and a further try stops it first', async () => {
    site = await openTrainingSite({ epochMs: 60_000 });
    const desk = site.desk({ timing: { stalledAfterMs: 300 } });
    const training = await desk.start();
    await expect(desk.watch(training)).rejects.toMatchObject({ type: 'TrainingStalled' });
    await desk.start(undefined, 2);
    const statuses = (await site.monai.trainings()).map(({ status }) => status);
    expect(statuses[0]).toBe('STOPPED');
    expect(statuses).toHaveLength(2);
  });
});
