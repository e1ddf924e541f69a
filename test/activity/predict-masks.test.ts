import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readMask } from '../../src/coco/read-mask.ts';
import { readModelEvents } from '../../src/models/model-register.ts';
import type { MonaiLabel } from '../../src/monai/monai.ts';
import { readPredictions } from '../../src/activities/read-manifest.ts';
import { imageId } from '../../src/monai/image-id.ts';
import { SANDBOX_MODEL } from '../../src/sandbox/monai/start-sandbox-monai.ts';
import { SCENE_CATEGORIES, SCENE_MODEL_LABELS } from '../../src/sandbox/scenes/categories.ts';
import { openActivitySite, quietEnvironment, type ActivitySite } from '../kit/activity-site.ts';
import {
  convertPredicted,
  manifestOf,
  predict,
  predicted,
  predictingInput,
  publishModel,
} from '../kit/prediction-site.ts';
import { chainOf } from '../../src/activities/training-set/set-chain.ts';

let site: ActivitySite;
beforeEach(async () => {
  site = await openActivitySite({ frames: 4, sandboxMonai: { watcherLimit: null } });
});
afterEach(async () => site.close());

const PLACE = { connection: 'default', model: SANDBOX_MODEL };

/** Category ids of the pixels that MONAI Label predicts for a frame, from its own label indices. */
async function expectedPixels(name: string): Promise<readonly number[]> {
  const png = await site.monai.infer(SANDBOX_MODEL, imageId({ ...site.input, frame: name }));
  const nameOf = new Map(Object.entries(SCENE_MODEL_LABELS).map(([label, index]) => [index, label]));
  const idOf = new Map(SCENE_CATEGORIES.map((category) => [category.name, category.id]));
  return Array.from(readMask(png, name).values, (index) => idOf.get(nameOf.get(index) ?? '') ?? 0);
}

describe('predicting masks', () => {
  it('stores the category ids of every image of the folder, with the model that said so', async () => {
    const checksum = await publishModel(site, 1);
    const predictions = await predict(site);
    expect(predictions).toMatchObject({ frames: 4, model: SANDBOX_MODEL, checksum });
    expect(`SHA256:${predictions.file.sha256}`).toBe(checksum);
    const { frames } = await manifestOf(site, predictions);
    expect(frames.map(({ name }) => name)).toEqual((await readdir(site.scenes.imagesDir)).toSorted());
    const seen = new Set<number>();
    for (const { name, mask } of frames) {
      const { values } = readMask(await site.store.get(mask), name);
      for (const value of values) seen.add(value);
      expect(Array.from(values)).toEqual(await expectedPixels(name));
    }
    expect(seen.size).toBeGreaterThan(1);
  });

  it('gives the trainer images without a label, and none that it has', async () => {
    await publishModel(site, 1);
    await predict(site);
    expect(await site.monai.trainingSet()).toEqual([]);
    expect((await site.monai.datastoreStats()).total).toBe(4);
    await predict(site);
    const path = /^\/datastore\//;
    expect(site.log.count({ server: 'monai', method: 'PUT', path })).toBe(4);
  });

  it('predicts the frames of a task in original quality where there is no folder', async () => {
    const checksum = await publishModel(site, 1);
    const task = await site.run('ensureTask', {});
    const input = predictingInput(site, { images: null });
    const predictions = await predict(site, { input, task });
    expect(predictions).toMatchObject({ frames: 4, checksum });
    const [first] = (await manifestOf(site, predictions)).frames;
    const held = await site.monai.getImage(first?.imageId ?? '');
    const file = await readFile(join(site.scenes.imagesDir, first?.name ?? ''));
    expect(Buffer.from(held ?? []).equals(file)).toBe(true);
  });

  it('predicts no image twice after it was ended in the middle', async () => {
    await publishModel(site, 1);
    const env = quietEnvironment();
    env.on('heartbeat', (progress: { readonly done?: number } | undefined) => {
      if (progress?.done === 2) env.cancel();
    });
    await expect(predict(site, {}, env)).rejects.toMatchObject({ name: 'CancelledFailure' });
    const before = predicted(site);
    expect(before).toBeGreaterThanOrEqual(2);
    expect(before).toBeLessThan(4);
    const predictions = await predict(site);
    expect(predictions.frames).toBe(4);
    expect(predicted(site)).toBe(4);
    expect(await predict(site)).toEqual(predictions);
    expect(predicted(site)).toBe(4);
  });

  it('predicts anew what the store has lost', async () => {
    await publishModel(site, 1);
    const predictions = await predict(site);
    const raw = await site.store.listNamed('predictions/');
    const ref = JSON.parse(Buffer.from((await site.store.getNamed(raw[0] ?? '')) ?? []).toString()) as {
      readonly sha256: string;
    };
    await rm(await site.store.localPath(ref.sha256));
    expect(await predict(site)).toEqual(predictions);
    expect(predicted(site)).toBe(5);
  });

  it.each([
    ['lost', 'ArtifactMissing', async (path: string) => rm(path)],
    ['damaged', 'ArtifactCorrupt', async (path: string) => writeFile(path, 'no longer a mask')],
  ])('does not convert a mask that the store has %s', async (_, code, harm) => {
    await publishModel(site, 1);
    const input = predictingInput(site);
    const predictions = await predict(site);
    const [, , third] = (await manifestOf(site, predictions)).frames;
    await harm(await site.store.localPath(third?.mask.sha256 ?? ''));
    await expect(convertPredicted(site, input, predictions)).rejects.toMatchObject({ type: code });
    const again = await predict(site);
    expect(again).toEqual(predictions);
    expect(await convertPredicted(site, input, again)).toMatchObject({ images: 4 });
  });

  it('keeps no prediction during which another model was published', async () => {
    const first = await publishModel(site, 1);
    const { infer } = site.monai;
    const inferring: MonaiLabel['infer'] = async (...args) => {
      const png = await infer(...args);
      if (predicted(site) === 3) await publishModel(site, 2);
      return png;
    };
    Object.assign(site.monai, { infer: inferring });
    await expect(predict(site)).rejects.toMatchObject({
      type: 'ModelReplaced',
      details: [expect.objectContaining({ expected: first })],
    });
    const names = await site.store.listNamed('predictions/');
    expect(names).toHaveLength(2);
    expect(names.every((name) => name.includes(first.replace('SHA256:', '')))).toBe(true);
  });

  it('refuses a model that was never trained, and asks it for nothing', async () => {
    await expect(predict(site)).rejects.toMatchObject({
      type: 'PredictionFromUntrainedModel',
      message: expect.stringContaining(SANDBOX_MODEL),
    });
    expect(predicted(site)).toBe(0);
    expect((await site.monai.datastoreStats()).total).toBe(0);
  });

  it('refuses a model that is not the one that should be published, until a person takes it', async () => {
    const first = await publishModel(site, 1);
    await predict(site);
    const second = await publishModel(site, 2);
    await expect(predict(site)).rejects.toMatchObject({
      type: 'ModelChanged',
      details: [expect.objectContaining({ expected: first, published: second })],
    });
    expect(predicted(site)).toBe(4);
    const taken = [{ checksum: second, by: 'ines' }];
    expect(await predict(site, { taken })).toMatchObject({ checksum: second });
    const events = await readModelEvents(site.store, {
      trainer: chainOf({ kind: 'monai-label', address: site.sandboxMonai.url }),
      ...PLACE,
    });
    expect(events.map(({ event, by, current }) => [event, by, current])).toEqual([
      ['found', null, first],
      ['taken', 'ines', second],
    ]);
    expect(await predict(site)).toMatchObject({ checksum: second });
  });

  it('waits while somebody trains the model', async () => {
    await publishModel(site, 1);
    const { id } = await site.monai.startTraining(SANDBOX_MODEL, { name: 'somebody', maxEpochs: 1 });
    await expect(predict(site)).rejects.toMatchObject({
      type: 'TrainingBusy',
      message: expect.stringContaining('somebody'),
    });
    await site.monai.stopRunningTraining();
    expect(id).not.toBe('');
  });

  it('counts a class that the model knows and no category has as background', async () => {
    await publishModel(site, 1);
    const [first] = SCENE_CATEGORIES;
    const categories = await site.store.put(Buffer.from(JSON.stringify([first])));
    const { manifest } = await predict(site, { input: predictingInput(site, { categories }) });
    const { frames } = await readPredictions(site.store, manifest);
    expect(frames.reduce((sum, { otherPixels = 0 }) => sum + otherPixels, 0)).toBeGreaterThan(0);
    for (const { mask, name } of frames) {
      const { values } = readMask(await site.store.get(mask), name);
      expect([0, first?.id]).toEqual(expect.arrayContaining([...new Set(values)]));
    }
  });

  it('refuses an image of the trainer that is another picture than the frame', async () => {
    await publishModel(site, 1);
    const [name = '', other = ''] = (await readdir(site.scenes.imagesDir)).toSorted();
    const id = imageId({ ...site.input, frame: name });
    const bytes = await readFile(join(site.scenes.imagesDir, other));
    await site.monai.putImage({ imageId: id, fileName: `${id}.png`, bytes });
    await expect(predict(site)).rejects.toMatchObject({ type: 'ImageConflict' });
  });
});
