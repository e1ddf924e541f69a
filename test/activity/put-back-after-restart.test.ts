import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { currentModel } from '../../src/contracts/model-register.ts';
import { createStopTraining } from '../../src/activities/stop-training.ts';
import { BEGIN_PACE } from '../../src/activities/training/never-begins.ts';
import { chainOf } from '../../src/activities/training-set/set-chain.ts';
import { readModelEvents } from '../../src/models/model-register.ts';
import { SYSTEM_CLOCK } from '../../src/sandbox/monai/clock.ts';
import { quietEnvironment } from '../kit/activity-site.ts';
import { openGateSite, type GateSite } from '../kit/gate-site.ts';
import { until } from '../kit/training-site.ts';

const ID = 'SurgVU/Iteration_1';
const OWN = { firstRunId: 'first', tryNumber: 1 };
const MODEL = 'restarted';

let site: GateSite;
let ahead: number;
beforeEach(async () => {
  ahead = 0;
  site = await openGateSite([MODEL], 5, { ...SYSTEM_CLOCK, now: () => Date.now() + ahead });
});
afterEach(async () => site.close());

/** An iteration whose training has published a checkpoint, and whose server has forgotten all trainings since. */
async function forgotten(meanwhile: () => Promise<unknown> = async () => undefined) {
  const input = site.input(MODEL);
  const { submission, task } = site;
  const weak = await site.publishWeak(MODEL);
  const args = { id: ID, input, ...OWN, submission };
  const before = await site.run('measureModel', { ...args, task, taken: [], known: null });
  const training = await site.run('startTraining', args);
  const own = await site.run('watchTraining', { id: ID, input, training });
  const start = (await site.monai.trainStats(MODEL))?.startedAtSeconds ?? Infinity;
  // The statistics tell a start in whole seconds.
  await until(async () => Date.now() / 1000 > start + 1);
  await meanwhile();
  await site.server.restart();
  expect(await site.monai.trainings()).toEqual([]);
  const nothing = { model: null, evaluation: null, why: 'undecided', by: null } as const;
  const putBack = async () => site.run('putBackModel', { ...args, before, ...nothing });
  return { weak, own, putBack };
}

describe('a server that has forgotten its trainings', () => {
  it('has a training of ours that lives on waited for before the model from before is put back, which then stays', async () => {
    const { store, connection, submission, task } = site;
    const input = site.input(MODEL, { maxEpochs: 400 });
    const weak = await site.publishWeak(MODEL);
    const args = { id: ID, input, ...OWN, submission };
    const before = await site.run('measureModel', { ...args, task, taken: [], known: null });
    await site.run('startTraining', args);
    await until(async () => (await site.published(MODEL)) !== weak);
    await site.server.restart();
    expect(await site.monai.trainStats(MODEL)).toMatchObject({ ended: false });
    const forgottenPace = { lookMs: 20, publishedAfterMs: 300, mostMs: 20_000 };
    const pace = { looks: 100, lookEveryMs: 20, begin: BEGIN_PACE, forgotten: forgottenPace };
    const stopTraining = createStopTraining({ store, connect: () => connection }, pace);
    await quietEnvironment().run(stopTraining, { id: ID, input, ...OWN });
    const ours = await site.published(MODEL);
    const nothing = { model: null, evaluation: null, why: 'undecided', by: null } as const;
    const putBack = await site.run('putBackModel', { ...args, before, ...nothing });
    expect(putBack).toMatchObject({ outcome: 'put back', checksum: ours, published: weak });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await site.published(MODEL)).toBe(weak);
  });

  it('has the model from before put back over a checkpoint of ours, by the start that its statistics tell', async () => {
    const { weak, own, putBack } = await forgotten();
    expect(await site.published(MODEL)).toBe(own.checksum);
    expect(await putBack()).toMatchObject({ outcome: 'put back', checksum: own.checksum, published: weak });
    expect(await site.published(MODEL)).toBe(weak);
  });

  it('keeps the model that somebody has put there by hand since, which no statistics tell of', async () => {
    const { putBack } = await forgotten(async () => {
      ahead = 90_000;
      await site.publishWeak(MODEL, 7);
    });
    const theirs = await site.published(MODEL);
    await expect(putBack()).rejects.toMatchObject({ type: 'ModelReplaced' });
    expect(await site.published(MODEL)).toBe(theirs);
  });

  it('keeps the model that somebody else has trained since', async () => {
    const { putBack } = await forgotten(async () => site.train(MODEL, 'of-somebody-else', 3));
    const theirs = await site.published(MODEL);
    await expect(putBack()).rejects.toMatchObject({ type: 'ModelReplaced' });
    expect(await site.published(MODEL)).toBe(theirs);
    const trainer = chainOf({ kind: 'monai-label', address: site.server.url });
    const events = await readModelEvents(site.store, { trainer, connection: 'default', model: MODEL });
    expect(currentModel(events)).not.toBe(theirs);
  });
});
