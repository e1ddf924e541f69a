import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createMeasureModel } from '../../src/activities/gate/measure-model.ts';
import { runName } from '../../src/activities/run-name.ts';
import { createStopTraining } from '../../src/activities/stop-training.ts';
import { quietEnvironment } from '../kit/activity-site.ts';
import { openGateSite, type GateSite } from '../kit/gate-site.ts';
import { train } from '../unit/sandbox/monai/talk.ts';

const ID = 'SurgVU/Iteration_1';
const OWN = { firstRunId: 'first', tryNumber: 1 };

const BRIEF = { looks: 5, lookEveryMs: 1 };
/** A look at once, and many after it. */
const [SOON, NEVER] = [
  { looks: 20, everyMs: 20 },
  { looks: 1000, everyMs: 20 },
];

let site: GateSite;
beforeEach(async () => {
  site = await openGateSite(['waits'], 300);
});
afterEach(async () => site.close());

describe('a stop of a training that waits behind another one', () => {
  it('fails so that it is tried again, instead of leaving it to run later', async () => {
    const { monai, store } = site;
    const theirs = await monai.startTraining('waits', { name: 'theirs', maxEpochs: 5000 });
    const ours = await monai.startTraining('waits', { name: runName(ID, OWN), maxEpochs: 5000 });
    const statusOf = async (id: string) => (await monai.trainings()).find((one) => one.id === id)?.status;
    while ((await statusOf(theirs.id)) === 'SUBMITTED') await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await statusOf(ours.id)).toBe('SUBMITTED');
    const stop = createStopTraining({ store, connect: () => site.connection }, { ...BRIEF, begin: NEVER });
    const stopped = quietEnvironment().run(stop, { id: ID, input: site.input('waits'), ...OWN });
    await expect(stopped).rejects.toMatchObject({ type: 'TrainingBusy', nonRetryable: false });
    expect(await statusOf(ours.id)).toBe('SUBMITTED');
  });
});

describe('a training of ours that is submitted and never begins', () => {
  /** The server takes it and never runs it, nor can anybody stop it. */
  async function stuck(): Promise<string> {
    const { text } = await train(site.server.url, { name: runName(ID, OWN), gpus: 1 }, '/train/waits');
    const { id } = JSON.parse(text) as { id: string };
    return id;
  }

  async function stop(begin = SOON): Promise<void> {
    const stopTraining = createStopTraining(
      { store: site.store, connect: () => site.connection },
      { looks: 1000, lookEveryMs: 5, begin },
    );
    await quietEnvironment().run(stopTraining, { id: ID, input: site.input('waits'), ...OWN });
  }

  async function measure(tryNumber: number) {
    const { connection, store, submission, task } = site;
    const dependencies = { connect: () => connection, store } as unknown as Parameters<typeof createMeasureModel>[0];
    const args = { id: ID, input: site.input('waits'), firstRunId: OWN.firstRunId, tryNumber };
    const measureModel = createMeasureModel(dependencies, SOON);
    return quietEnvironment().run(measureModel, { ...args, task, submission, taken: [], known: null });
  }

  it('is over for whoever stops it, and keeps no further try from measuring and training', async () => {
    await stuck();
    await stop();
    const weak = await site.publishWeak('waits');
    expect(await measure(2)).toMatchObject({ checksum: weak });
  });

  it('is over at once where the server has passed it over, but whoever runs since is waited for', async () => {
    await stuck();
    const { id } = await site.monai.startTraining('waits', { name: 'theirs', maxEpochs: 5000 });
    const isRunning = async () =>
      (await site.monai.trainings()).some((one) => one.id === id && one.status === 'RUNNING');
    while (!(await isRunning())) await new Promise((resolve) => setTimeout(resolve, 5));
    await stop();
    expect(await isRunning()).toBe(true);
    await expect(measure(2)).rejects.toMatchObject({ type: 'TrainingBusy', details: [{ training: id }] });
  });

  it('is not over while it may still begin: then it is stopped', async () => {
    const ours = await site.monai.startTraining('waits', { name: runName(ID, OWN), maxEpochs: 5000 });
    await stop(NEVER);
    expect((await site.monai.trainings()).find(({ id }) => id === ours.id)?.status).toBe('STOPPED');
  });
});
