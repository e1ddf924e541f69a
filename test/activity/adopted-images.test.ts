import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { tombstoneName } from '../../src/contracts/ids.ts';
import type { FolderRef } from '../../src/contracts/refs.ts';
import { imageId } from '../../src/monai/image-id.ts';
import { SCENE_CATEGORIES } from '../../src/sandbox/scenes/categories.ts';
import { writeScenes } from '../../src/sandbox/scenes/write-scenes.ts';
import { describeFolder } from '../../src/storage/folder-digest.ts';
import { hashBytes } from '../../src/storage/file-hash.ts';
import { openActivitySite, type ActivitySite } from '../kit/activity-site.ts';
import { predict, predictingInput, publishModel } from '../kit/prediction-site.ts';
import { recordReceipt } from '../kit/recorded-iteration.ts';
import { sealIteration } from '../kit/sealed-iteration.ts';

let site: ActivitySite;
let dir: string;
beforeEach(async () => {
  site = await openActivitySite();
  dir = await mkdtemp(join(tmpdir(), 'maskloop-adopted-'));
});
afterEach(async () => {
  await site.close();
  await rm(dir, { recursive: true });
});

/** Frames of the same names, of other pictures. */
async function otherFrames({ width = 64, height = 48 } = {}): Promise<FolderRef> {
  const made = writeScenes(join(dir, 'others'), { seed: 77, frames: 4, width, height });
  return describeFolder(made.imagesDir);
}

/** The task of the iteration as somebody else has made it, from the frames of the site. */
async function madeByOthers(): Promise<number> {
  const project = await site.cvat.createProject({
    name: site.input.project,
    labels: SCENE_CATEGORIES.map(({ name }) => name),
  });
  const { id } = await site.cvat.createTask({
    name: site.input.task,
    projectId: project.id,
    bugTracker: '',
    segmentSize: 2,
  });
  const names = (await readdir(site.scenes.imagesDir)).toSorted();
  const files = await Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(join(site.scenes.imagesDir, name));
      return { name, bytes: bytes.length, read: async () => bytes };
    }),
  );
  await site.cvat.waitForRequest(await site.cvat.uploadImages(id, files));
  return id;
}

/** Images that CVAT was asked for. */
const originals = () => site.log.entries.filter(({ query }) => query.includes('quality=original'));

const planned = async (images: FolderRef) => {
  const { troubles } = await site.run('planIteration', { input: { ...site.input, images } });
  return troubles.map(({ code }) => code);
};

describe('a task that is there', () => {
  it('is not adopted for frames of the same names and another size, and a plan says so', async () => {
    await madeByOthers();
    const images = await otherFrames({ width: 128, height: 96 });
    expect(await planned(images)).toEqual(['ImagesDiffer']);
    await expect(site.run('ensureTask', { input: { ...site.input, images } })).rejects.toMatchObject({
      type: 'ImagesDiffer',
      message: expect.stringContaining('"frame_000000.png" is 64 × 48 pixels, its image there 128 × 96'),
    });
  });

  it('is not adopted for a folder without an image of one of its frames', async () => {
    await madeByOthers();
    const part = join(dir, 'part');
    await cp(site.scenes.imagesDir, part, { recursive: true });
    await rm(join(part, 'frame_000002.png'));
    const images = await describeFolder(part);
    expect(await planned(images)).toEqual(['ImagesDiffer']);
    await expect(site.run('ensureTask', { input: { ...site.input, images } })).rejects.toMatchObject({
      message: expect.stringContaining('1 of 4 frames differ; "frame_000002.png" has no image there'),
    });
  });

  it('is adopted with the folder that it shows', async () => {
    const id = await madeByOthers();
    expect(await planned(await describeFolder(site.scenes.imagesDir))).toEqual([]);
    expect(await site.run('ensureTask', {})).toMatchObject({ taskId: id, created: false });
  });

  it('that we made of other images is not taken for the mended folder', async () => {
    const wrong = await otherFrames();
    await site.run('ensureTask', { input: { ...site.input, images: wrong } });
    expect(await planned(wrong)).toEqual([]);
    const mended = await describeFolder(site.scenes.imagesDir);
    expect(await planned(mended)).toEqual(['ImagesDiffer']);
    await expect(site.run('ensureTask', {})).rejects.toMatchObject({
      type: 'ImagesDiffer',
      message: expect.stringContaining('4 of 4 frames differ; "frame_000000.png" was made of another image'),
    });
  });
});

describe('what is trained on', () => {
  it('are the pictures that people saw, whatever folder was named with a task of others', async () => {
    await madeByOthers();
    const images = await otherFrames();
    const sealed = await sealIteration(site, { images });
    await site.run('submitLabels', sealed);
    expect(originals()).toHaveLength(4);
    for (const frame of await readdir(site.scenes.imagesDir)) {
      const held = await site.monai.getImage(imageId({ ...sealed.input, frame }));
      const shown = await readFile(join(site.scenes.imagesDir, frame));
      expect(held === null ? null : hashBytes(held)).toBe(hashBytes(shown));
    }
  });

  it('comes from the folder where the task was made of it', async () => {
    const sealed = await sealIteration(site);
    await site.run('submitLabels', sealed);
    expect(originals()).toEqual([]);
  });
});

/** Hashes of the pictures that people see, by image id. */
async function shownTo(task: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(site.scenes.imagesDir);
  const entries = names.map(async (frame) => {
    const bytes = await readFile(join(site.scenes.imagesDir, frame));
    return [imageId({ ...site.input, task, frame }), hashBytes(bytes)] as const;
  });
  return new Map(await Promise.all(entries));
}

async function heldByTrainer(ids: Iterable<string>): Promise<readonly string[]> {
  return Promise.all([...ids].map(async (id) => hashBytes((await site.monai.getImage(id)) ?? Buffer.of())));
}

describe('what is predicted and measured', () => {
  it('are the pictures that people see as well, so that the training finds them', async () => {
    await madeByOthers();
    await publishModel(site, 1);
    const images = await otherFrames();
    await predict(site, { input: predictingInput(site, { images }) });
    const shown = await shownTo(site.input.task);
    expect(await heldByTrainer(shown.keys())).toEqual([...shown.values()]);
    await site.run('submitLabels', await sealIteration(site, { images }));
  });

  it('leaves out a picture that was forgotten as a frame of another task', async () => {
    await madeByOthers();
    await publishModel(site, 1);
    const shown = [...(await shownTo(site.input.task))];
    const [id, sha256] = shown[2] ?? ['', ''];
    await site.store.putNamed(tombstoneName(sha256), Buffer.from('{}'));
    expect(await predict(site)).toMatchObject({ frames: 3 });
    expect(await site.monai.getImage(id)).toBeNull();
    const elsewhere = predictingInput(site, { task: 'Elsewhere' });
    const refused = { type: 'FrameForgotten', details: [{ frames: ['frame_000002.png'] }] };
    await expect(predict(site, { id: 'SurgVU/Elsewhere', input: elsewhere })).rejects.toMatchObject(refused);
  });

  it('are those that people saw in another task that is held out', async () => {
    await madeByOthers();
    await publishModel(site, 1);
    const images = await otherFrames();
    const { id, input, ...sealed } = await sealIteration(site, { images });
    await recordReceipt(site, sealed, { id, input });
    const training = {
      ...site.input.training!,
      heldOutFraction: 0,
      heldOut: { kind: 'task', task: input.task } as const,
    };
    const second = await sealIteration(site, { task: 'Iteration_2', training, images });
    const submission = await site.run('submitLabels', second);
    const own = { firstRunId: 'first', tryNumber: 1, taken: [], known: null };
    await site.run('measureModel', { id: second.id, input: second.input, task: second.task, submission, ...own });
    const shown = await shownTo(input.task);
    expect(await heldByTrainer(shown.keys())).toEqual([...shown.values()]);
  });
});
