import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IterationInput } from '../../src/contracts/iteration.ts';
import type { ArtifactRef } from '../../src/contracts/refs.ts';
import { startFaults, type Faults } from '../../src/sandbox/faults/start-faults.ts';
import { describeFolder } from '../../src/storage/folder-digest.ts';
import { openContents } from '../../src/storage/open-contents.ts';
import { putFolder } from '../../src/storage/put-folder.ts';
import { openActivitySite, type ActivitySite } from '../kit/activity-site.ts';
import { predict, predicted, predictingInput, publishModel } from '../kit/prediction-site.ts';
import { pngHeader } from '../unit/sandbox/cvat/make-task.ts';

let site: ActivitySite;
let faults: Faults;
beforeEach(async () => {
  site = await openActivitySite({
    frames: 5,
    sandboxMonai: { watcherLimit: null, watcherMs: 20, epochMs: 1 },
    through: async (target) => {
      faults = await startFaults({ target });
      return faults.url;
    },
  });
});
afterEach(async () => {
  await site.close();
  await faults.close();
});

/** Images and masks are put into the store, and the folders are gone. */
async function putAway(): Promise<IterationInput> {
  const { imagesDir, masksDir } = site.scenes;
  const images = await putFolder(site.store, imagesDir);
  const masks = await putFolder(site.store, masksDir);
  await Promise.all([imagesDir, masksDir].map((dir) => rm(dir, { recursive: true })));
  return { ...site.input, images: images.folder, masks: masks.folder };
}

const text = async (ref: ArtifactRef): Promise<string> => Buffer.from(await site.store.get(ref)).toString();
const contentOf = (input: IterationInput) => openContents(site.store, input.images!);

describe('images and masks in the store', () => {
  it('become the same document and the same frames as those of the folders', async () => {
    const inPlace = await site.convert();
    const input = await putAway();
    const dataset = await site.convert(input);
    expect(await text(dataset.document)).toBe(await text(inPlace.document));
    const plan = await site.run('planIteration', { input });
    expect(plan).toMatchObject({ dataset: { masks: 5 }, frames: { matched: 5, withoutMask: 0 }, troubles: [] });
    const task = await site.run('ensureTask', { input });
    const images = await contentOf(input);
    const { frames } = await site.cvat.taskMeta(task.taskId);
    expect(frames.map(({ name }) => name)).toEqual(images.names);
    for (const [frame, { name }] of frames.entries()) {
      const { bytes } = await site.cvat.frameOriginal(task.taskId, frame);
      expect(Buffer.from(bytes).equals(Buffer.from(await images.read(name)))).toBe(true);
    }
  });

  it('go in an archive whose upload is gone on with after it broke, where they lie in folders', async () => {
    const { imagesDir } = site.scenes;
    for (const name of ['p/1.png', 'p/2.png', 'p/3.png']) {
      await mkdir(dirname(join(imagesDir, name)), { recursive: true });
      await writeFile(join(imagesDir, name), Buffer.concat([pngHeader(64, 48), Buffer.alloc(3.6 * 2 ** 20, name)]));
    }
    const input = await putAway();
    faults.add({ method: 'PATCH', after: 1, fault: { kind: 'reset-before' }, count: 3 });
    await expect(site.run('ensureTask', { input })).rejects.toMatchObject({ type: 'CvatUnreachable' });
    const task = await site.run('ensureTask', { input });
    const pieces = site.log.entries.filter(({ method, path }) => method === 'PATCH' && path.includes('/data/'));
    expect([pieces.length, task.frames, site.sandbox.state.tasks.size]).toEqual([2, 8, 1]);
    const images = await contentOf(input);
    const { frames } = await site.cvat.taskMeta(task.taskId);
    for (const [frame, { name }] of frames.entries()) {
      const { bytes } = await site.cvat.frameOriginal(task.taskId, frame);
      expect(Buffer.from(bytes).equals(Buffer.from(await images.read(name)))).toBe(true);
    }
  });

  it('are named in a failure as they were in the folder, and damage in the store is told as such', async () => {
    const [name = ''] = await readdir(site.scenes.masksDir);
    const whole = await readFile(join(site.scenes.masksDir, name));
    await writeFile(join(site.scenes.masksDir, name), 'no PNG');
    const images = await describeFolder(site.scenes.imagesDir);
    const masks = (await putFolder(site.store, site.scenes.masksDir)).folder;
    const input = { ...site.input, masks };
    await expect(site.convert(input)).rejects.toMatchObject({
      type: 'NotAPng',
      message: expect.stringContaining(name),
    });
    expect((await site.run('planIteration', { input })).troubles).toMatchObject([{ code: 'NotAPng' }]);
    await writeFile(join(site.scenes.masksDir, name), whole);
    const sound = { ...input, images, masks: (await putFolder(site.store, site.scenes.masksDir)).folder };
    const path = await (await openContents(site.store, sound.masks)).pathOf(name);
    await writeFile(path, Buffer.concat([whole.subarray(0, -1), Buffer.of(0)]));
    await expect(site.convert(sound)).rejects.toMatchObject({ type: 'ArtifactCorrupt' });
    await rm(path);
    expect((await site.run('planIteration', { input: sound })).troubles).toMatchObject([
      { code: 'ArtifactMissing', message: expect.stringContaining(name) },
    ]);
  });

  it('are predicted, and an image that is damaged in the store never reaches a trainer or CVAT', async () => {
    await publishModel(site, 1);
    const input = predictingInput(site, { images: (await putAway()).images });
    await predict(site, { input });
    expect(predicted(site)).toBe(5);
    const images = await contentOf(input);
    const [first = ''] = images.names;
    const path = await images.pathOf(first);
    const damaged = Buffer.from(await readFile(path));
    damaged[damaged.length >> 1]! ^= 1;
    await writeFile(path, damaged);
    await expect(site.run('ensureTask', { input })).rejects.toMatchObject({ type: 'ArtifactCorrupt' });
    await expect(predict(site, { input })).rejects.toMatchObject({ type: 'ArtifactCorrupt' });
    const [left] = site.sandbox.state.tasks.values();
    expect((await site.cvat.getTask(left?.id ?? 0)).size).toBe(0);
  });
});
