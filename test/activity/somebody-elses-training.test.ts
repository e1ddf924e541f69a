import { afterEach, describe, expect, it } from '@jest/globals';
import { SYSTEM_CLOCK } from '../../src/sandbox/monai/clock.ts';
import type { SandboxMonaiOptions } from '../../src/sandbox/monai/options.ts';
import { fileOfModel } from '../../src/contracts/model-register.ts';
import type { ArtifactRef } from '../../src/contracts/refs.ts';
import { chainOf } from '../../src/activities/training-set/set-chain.ts';
import { readModelEvents } from '../../src/models/model-register.ts';
import { hashBytes } from '../../src/storage/file-hash.ts';
import { refusedBy } from '../kit/training-desk.ts';
import {
  openTrainingSite,
  until,
  type DeskOptions,
  type TrainingDesk,
  type TrainingSite,
} from '../kit/training-site.ts';
import { weakModel } from '../kit/weak-model.ts';
import { settledTasks, train } from '../unit/sandbox/monai/talk.ts';

let site: TrainingSite;
afterEach(async () => site.close());

const MODEL = 'segmentation';

async function published(): Promise<string> {
  return (await site.monai.publishedModel(MODEL))?.checksum ?? 'nothing';
}

async function epochOf(): Promise<number> {
  return (await site.monai.trainStats(MODEL))?.epoch ?? 0;
}

/** The statistics tell a start in whole seconds. */
async function untilNextSecond(): Promise<void> {
  const start = (await site.monai.trainStats(MODEL))?.startedAtSeconds ?? 0;
  await until(async () => Date.now() / 1000 > start + 1);
}

/** Somebody trains from end to end, and publishes. */
async function trainElsewhere(epochs: number): Promise<string> {
  await untilNextSecond();
  await train(site.server.url, { name: 'slicer', max_epochs: epochs });
  expect((await settledTasks(site.server.url)).at(-1)).toMatchObject({ status: 'DONE' });
  return published();
}

/** A stand-in with a model, and an iteration that has measured it. */
async function openMeasured(
  options: SandboxMonaiOptions,
  desk: DeskOptions,
): Promise<{ readonly before: string; readonly desk: TrainingDesk }> {
  site = await openTrainingSite(options);
  const before = await site.monai.uploadModel(MODEL, weakModel());
  return { before, desk: site.desk({ before, ...desk }) };
}

async function restartAndKill(): Promise<void> {
  await site.server.restart();
  site.server.killProcesses();
}

/** Whether the store has the file of a model, and the register names it without wanting it published. */
async function isKept(checksum: string, file: unknown): Promise<boolean> {
  const place = { trainer: chainOf({ kind: 'monai-label', address: site.server.url }), model: MODEL };
  const events = await readModelEvents(site.store, { ...place, connection: 'default' });
  expect(fileOfModel(events, checksum)).toEqual(file);
  expect(events.map(({ event }) => event)).toEqual(['found']);
  return `SHA256:${hashBytes(await site.store.get(file as ArtifactRef))}` === checksum;
}

describe('a training that its server has lost, and that is dead', () => {
  it('is not started again over the model that somebody has trained since, which is kept, until a person takes it', async () => {
    const { before, desk } = await openMeasured({ epochMs: 60 }, { maxEpochs: 7, timing: { stalledAfterMs: 500 } });
    const training = await desk.start();
    await until(async () => (await published()) !== before && (await epochOf()) >= 2);
    await restartAndKill();
    const theirs = await trainElsewhere(3);
    const requests = site.accepted();
    const refused = await refusedBy(desk.watch(training));
    expect(refused).toMatchObject({
      type: 'ModelChanged',
      facts: { model: MODEL, expected: before, published: theirs },
    });
    expect(refused.message).toContain(desk.runName);
    expect(site.accepted()).toBe(requests);
    expect(await published()).toBe(theirs);
    expect(await isKept(theirs, refused.facts['file'])).toBe(true);
    const runs = new Set((await desk.metrics()).map(({ run }) => run));
    expect(runs).not.toContain((await site.monai.trainStats(MODEL))?.startedAtSeconds);
    const taken = site.desk({ before: theirs, maxEpochs: 7 });
    await untilNextSecond();
    const again = await taken.start();
    expect(again).toMatchObject({ joined: false });
    const model = await taken.watch(again);
    expect(model).toMatchObject({ epochs: 7, checksum: await published() });
    expect(model.checksum).not.toBe(theirs);
  });

  it('is not started again over a model that somebody has put there by hand', async () => {
    let ahead = 0;
    const clock = { ...SYSTEM_CLOCK, now: () => Date.now() + ahead };
    const { before, desk } = await openMeasured(
      { epochMs: 60, clock },
      { maxEpochs: 7, timing: { stalledAfterMs: 500 } },
    );
    const first = await site.monai.downloadModel(MODEL);
    const training = await desk.start();
    await until(async () => (await published()) !== before && (await epochOf()) >= 2);
    await restartAndKill();
    ahead = 90_000;
    const theirs = await site.monai.uploadModel(MODEL, Buffer.concat([first, Buffer.from(' ')]));
    const refused = await refusedBy(desk.watch(training));
    expect(refused).toMatchObject({ type: 'ModelChanged', facts: { published: theirs } });
    expect(await published()).toBe(theirs);
  });

  it('goes on from its own checkpoint', async () => {
    const { before, desk } = await openMeasured({ epochMs: 60 }, { maxEpochs: 7, timing: { stalledAfterMs: 500 } });
    const training = await desk.start();
    await until(async () => (await published()) !== before);
    await restartAndKill();
    expect(await desk.watch(training)).toMatchObject({ epochs: 7, checksum: await published() });
  });
});

describe("somebody else's training", () => {
  it.each([[null], [3]])(
    'is not taken for ours, which died with its server before its first epoch, where ours has %s epochs',
    async (maxEpochs) => {
      const { before, desk } = await openMeasured(
        { epochMs: 60, startMs: 400 },
        { maxEpochs, timing: { stalledAfterMs: 500 } },
      );
      const training = await desk.start();
      await restartAndKill();
      const watched = refusedBy(desk.watch(training));
      const theirs = await trainElsewhere(3);
      expect(await watched).toMatchObject({
        type: expect.stringMatching(/^(ModelChanged|TrainingBusy)$/),
      });
      expect(theirs).not.toBe(before);
      expect(await published()).toBe(theirs);
      expect(await desk.metrics()).toEqual([]);
    },
  );

  it('that ran beside ours, which lives on unknown to its server, leaves it open whose model is published', async () => {
    const { desk } = await openMeasured({ epochMs: 250 }, { maxEpochs: 10, timing: { stalledAfterMs: 2000 } });
    const training = await desk.start();
    await site.server.restart();
    const refused = refusedBy(desk.watch(training));
    await until(async () => (await desk.metrics()).length > 0);
    await train(site.server.url, { name: 'slicer', max_epochs: 1 });
    expect(await refused).toMatchObject({
      type: 'ModelReplaced',
      message: expect.stringContaining('slicer'),
      facts: { model: MODEL },
    });
    expect(site.accepted()).toBe(2);
  });

  it('beside ours before its first epoch keeps ours from being known, but not from being seen to its end', async () => {
    const { before, desk } = await openMeasured(
      { epochMs: 250, startMs: 400 },
      { maxEpochs: 8, timing: { stalledAfterMs: 1500 } },
    );
    const training = await desk.start();
    await site.server.restart();
    await train(site.server.url, { name: 'slicer', max_epochs: 1 });
    const refused = await refusedBy(desk.watch(training));
    expect(refused).toMatchObject({ type: 'ModelChanged', facts: { expected: before } });
    expect(await site.monai.trainStats(MODEL)).toMatchObject({ totalEpochs: 8, ended: true });
    expect(await desk.metrics()).toEqual([]);
    expect(site.accepted()).toBe(2);
  });
});
