import { createHash } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { readMask } from '../../../src/coco/read-mask.ts';
import { failureOf } from '../kit/failure-of.ts';
import { publish } from '../kit/monai-desk.ts';
import { ownName } from '../kit/names.ts';
import { at } from '../../kit/talk.ts';
import type { MonaiCases } from '../kit/cases.ts';

const EPOCHS = 3;
/** More than anybody waits for. */
const ENDLESS = 100_000;

export const trainingCases: MonaiCases = (desk) => {
  it('is not asked to train what it has not, which it would accept', async () => {
    const { monai, model } = desk();
    const request = { name: ownName('run'), maxEpochs: 1 };
    expect(await failureOf(monai.startTraining(ownName('model'), request))).toMatchObject({ code: 'ModelNotFound' });
    for (const name of ['a/b', '../a', '']) {
      expect(await failureOf(monai.startTraining(model, { ...request, name }))).toMatchObject({
        code: 'MonaiRejected',
      });
    }
  });

  it('trains on the final labels and publishes the model, whatever it was before', async () => {
    const { monai, model, labels } = desk();
    const samples = desk().samples(5);
    for (const sample of samples) await desk().store(sample);
    const before = await monai.publishedModel(model);
    const name = ownName('contract');
    const submitted = await monai.startTraining(model, { name, maxEpochs: EPOCHS });
    expect(submitted).toMatchObject({ model, name });
    expect(['SUBMITTED', 'RUNNING']).toContain(submitted.status);
    const done = await desk().until(submitted.id, ({ status }) => status === 'DONE');
    expect(done).toMatchObject({ id: submitted.id, name, model });
    expect(done.details.length).toBeGreaterThan(0);
    expect(done.details.length).toBeLessThanOrEqual(20);
    const stats = await monai.trainStats(model);
    expect(stats).toMatchObject({ epoch: EPOCHS, totalEpochs: EPOCHS, ended: true, bestMetric: expect.any(Number) });
    expect(stats?.startedAtSeconds).not.toBe(before?.stats?.startedAtSeconds);
    const after = await monai.publishedModel(model);
    expect(after?.stats).toEqual(stats);
    expect(after?.checksum).not.toBe(before?.checksum);
    const bytes = await monai.downloadModel(model);
    expect(after?.checksum).toBe(`SHA256:${createHash('sha256').update(bytes).digest('hex')}`);
    const mask = readMask(await monai.infer(model, samples[0]?.imageId ?? ''), 'prediction');
    const allowed = new Set([0, ...Object.values(labels)]);
    expect([...new Set(mask.values)].filter((value) => !allowed.has(value))).toEqual([]);
  });

  it('trains one at a time, tells the last submitted task and all of them, and stops the one that runs', async () => {
    const { monai, model } = desk();
    await desk().store(desk().sample());
    const first = await monai.startTraining(model, { name: ownName('long'), maxEpochs: ENDLESS });
    await desk().until(first.id, ({ status }) => status === 'RUNNING');
    const shown = await monai.trainStats(model);
    const other = { name: ownName('second'), maxEpochs: 1 };
    expect(await failureOf(monai.startTraining(model, other))).toMatchObject({
      code: 'TrainingBusy',
      facts: { status: 429 },
    });
    const queued = await desk().talk('POST', `/train/${model}?enqueue=true`, {
      json: { name: ownName('queued'), max_epochs: ENDLESS, tracking: 'None' },
    });
    expect(queued.status).toBe(200);
    const next = String(at(queued.json, 'id'));
    expect(at((await desk().talk('GET', '/train/')).json, 'id')).toBe(next);
    const running = await desk().talk('GET', '/train/?check_if_running=true');
    expect(at(running.json, 'id')).toBe(first.id);
    expect((await monai.trainings()).slice(-2).map(({ id }) => id)).toEqual([first.id, next]);
    await monai.stopRunningTraining();
    await desk().until(first.id, ({ status }) => status === 'STOPPED');
    await desk().until(next, ({ status }) => status === 'RUNNING');
    await monai.stopRunningTraining();
    await desk().until(next, ({ status }) => status === 'STOPPED');
    expect(shown).not.toBeNull();
    const idle = await desk().talk('DELETE', '/train/');
    expect([idle.status, idle.text]).toEqual([200, 'null']);
    expect((await desk().talk('GET', '/train/?check_if_running=true')).status).toBe(404);
  });

  it('shows the run before as its progress until a new one is validated for the first time', async () => {
    const { monai, model } = desk();
    const before = await monai.trainStats(model);
    const sample = desk().sample();
    await desk().store(sample);
    const run = await monai.startTraining(model, { name: ownName('stats'), maxEpochs: 1 });
    expect(await monai.trainStats(model)).toEqual(before);
    await desk().until(run.id, ({ status }) => status === 'DONE');
    expect(await monai.trainStats(model)).not.toEqual(before);
  });

  it('accepts a training that cannot work, and tells so by ERROR with the end of a traceback', async () => {
    const { monai, model } = desk();
    const json = { name: ownName('broken'), max_epochs: 'many', tracking: 'None' };
    const submitted = await desk().talk('POST', `/train/${model}`, { json });
    expect(submitted.status).toBe(200);
    const ended = await desk().until(String(at(submitted.json, 'id')), ({ status }) => status === 'ERROR');
    expect(ended.details.join('\n')).toMatch(/Error/);
    expect((await monai.trainings()).at(-1)?.id).toBe(ended.id);
  });

  it('publishes what is uploaded in place of a model, without a look at it', async () => {
    const { monai, model } = desk();
    const bytes = await monai.downloadModel(model);
    const garbage = Buffer.from('not a model at all');
    expect((await publish(desk().server.url, model, garbage)).status).toBe(200);
    const checksum = (content: Uint8Array): string => `SHA256:${createHash('sha256').update(content).digest('hex')}`;
    expect((await monai.publishedModel(model))?.checksum).toBe(checksum(garbage));
    const sample = desk().sample();
    await desk().store(sample);
    expect(await failureOf(monai.infer(model, sample.imageId))).toMatchObject({ code: 'MonaiRejected' });
    await publish(desk().server.url, model, bytes);
    expect((await monai.publishedModel(model))?.checksum).toBe(checksum(bytes));
    expect((await monai.infer(model, sample.imageId)).length).toBeGreaterThan(0);
  });
};
