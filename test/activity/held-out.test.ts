import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { heldOutNames } from '../../src/activities/gate/held-out-names.ts';
import { readHeldOut } from '../../src/activities/read-manifest.ts';
import { noteTaskImages } from '../../src/activities/task-images.ts';
import { readMask } from '../../src/coco/read-mask.ts';
import { receiptName } from '../../src/contracts/ids.ts';
import type { LabelManifest } from '../../src/contracts/manifests.ts';
import type { TrainingOptions } from '../../src/contracts/training.ts';
import { createCvat } from '../../src/cvat/client.ts';
import { imageId } from '../../src/monai/image-id.ts';
import { describeFolder } from '../../src/storage/folder-digest.ts';
import { verifyContents } from '../../src/storage/verify-contents.ts';
import { openGateSite, type GateSite } from '../kit/gate-site.ts';

const OWN = { firstRunId: 'first', tryNumber: 1 };
const SIGNAL = new AbortController().signal;

let site: GateSite;
let dir = '';
let frames: readonly string[] = [];
beforeAll(async () => {
  site = await openGateSite(['segmentation']);
  dir = await mkdtemp(join(tmpdir(), 'maskloop-held-out-'));
  frames = (await readdir(site.scenes.imagesDir)).toSorted();
});
afterAll(async () => {
  await rm(dir, { recursive: true });
  await site.close();
});

async function measured(changes: Partial<TrainingOptions>) {
  const input = site.input('segmentation', changes);
  const { submission, task } = site;
  const args = { id: 'SurgVU/Iteration_1', input, ...OWN, task, submission, taken: [], known: null };
  const before = await site.run('measureModel', args);
  return (await readHeldOut(site.store, before.heldOut)).frames;
}

/** A manifest of sealed labels with these names; the labels are the true ones. */
async function labelsOf(names: readonly string[]): Promise<LabelManifest> {
  const [first = ''] = frames;
  const label = await site.store.put(await readFile(join(site.scenes.truthDir, first)));
  const of = (name: string, frame: number) => ({ name, frame, width: 48, height: 40, label, labelledPixels: 1 });
  return { categories: [{ id: 7, name: 'instrument' }], frames: names.map(of) };
}

async function listOf(...names: readonly string[]) {
  return { kind: 'names', list: await site.store.put(Buffer.from(`${names.join('\r\n')}\n`)) } as const;
}

describe('held-out frames of the task', () => {
  const names = ['a/1.png', 'a/2.png', 'b/1.png', 'b/2.png', 'c/1.png'];
  async function held(changes: Partial<TrainingOptions>): Promise<readonly string[]> {
    const input = site.input('segmentation', changes);
    return [...(await heldOutNames(site.store, input, await labelsOf(names), null, SIGNAL))];
  }

  it('are those that are named, with or without extension, and all of their groups', async () => {
    expect(await held({ heldOut: await listOf('a/1', 'c/1.png') })).toEqual(['a/1.png', 'c/1.png']);
    expect(await held({ heldOut: await listOf('a/1', 'c/1.png'), group: 'folder' })).toEqual([
      'a/1.png',
      'a/2.png',
      'c/1.png',
    ]);
  });

  it('are refused where the task does not have a name', async () => {
    await expect(held({ heldOut: await listOf('a/1', 'd/9.png') })).rejects.toMatchObject({
      code: 'FrameMismatch',
      facts: { frames: ['d/9.png'] },
    });
  });

  it('are drawn by whole groups, and never all of them', async () => {
    for (const fraction of [0.01, 0.3, 0.6, 0.9]) {
      const drawn = await held({ heldOutFraction: fraction, group: '^(.)/' });
      const groups = new Set(drawn.map((name) => name[0]));
      expect(drawn).toHaveLength(names.filter((name) => groups.has(name[0])).length);
      expect(groups.size).toBeGreaterThan(0);
      expect(groups.size).toBeLessThan(3);
    }
  });
});

describe('held-out frames from outside', () => {
  it('come from a folder: images without a label in MONAI Label, masks as labels, read by the rules of the iteration', async () => {
    const [images, masks] = [join(dir, 'images'), join(dir, 'masks')];
    await cp(site.scenes.imagesDir, images, { recursive: true });
    await cp(site.scenes.truthDir, masks, { recursive: true });
    const folders = { images: await describeFolder(images), masks: await describeFolder(masks) };
    const all = await measured({ heldOut: { kind: 'folder', ...folders } });
    const outside = all.slice(3);
    expect(outside.map(({ name }) => name)).toEqual(frames);
    for (const { name, imageId: id, label } of outside) {
      expect(await site.monai.getLabel(id, 'final')).toBeNull();
      expect(await site.monai.getImage(id)).toEqual(new Uint8Array(await readFile(join(images, name))));
      const truth = readMask(await readFile(join(masks, name)), name);
      expect([...readMask(await site.store.get(label), name).values]).toEqual([...truth.values]);
    }
    await rm(join(masks, frames[0] ?? ''));
    await expect(measured({ heldOut: { kind: 'folder', ...folders } })).rejects.toMatchObject({ type: 'InputChanged' });
  });

  it('come from what another task was sealed with, unless models were trained on it', async () => {
    const [first = ''] = frames;
    const names = JSON.parse(Buffer.from(await site.store.get(site.categories)).toString()) as { name: string }[];
    const labels = {
      ...(await labelsOf([first])),
      categories: [...names, { name: 'unused' }].map(({ name }, index) => ({ id: [1, 2, 4, 9][index] ?? 0, name })),
    };
    const manifest = await site.store.put(Buffer.from(JSON.stringify(labels)));
    const heldOut = { kind: 'task', task: 'first task' } as const;
    await expect(measured({ heldOut })).rejects.toMatchObject({ type: 'HeldOutMissing' });
    const images = await describeFolder(site.scenes.imagesDir);
    const receipt = { input: { images }, results: { task: { taskId: 9 }, labels: { manifest } } };
    // The task was made of that folder; no CVAT is there to ask.
    const credentials = async () => ({ kind: 'token', token: 't' }) as const;
    const cvat = createCvat({ url: 'http://127.0.0.1:1', organization: null, credentials });
    const folder = await verifyContents(site.store, images, { signal: SIGNAL });
    const where = { connection: 'default', taskId: 9 };
    await noteTaskImages({ cvat, store: site.store }, where, images, { folder, files: frames });
    await site.store.putNamed(receiptName('SurgVU/first%20task'), Buffer.from(JSON.stringify(receipt)));
    const all = await measured({ heldOut, group: String.raw`(\d+)` });
    const id = imageId({ connection: 'default', project: 'SurgVU', task: 'first task', frame: first });
    expect(all.at(-1)).toMatchObject({ name: first, imageId: id, group: /\d+/.exec(first)?.[0] });
    const bytes = await readFile(join(site.scenes.truthDir, first));
    await site.monai.putLabel({ imageId: id, tag: 'final', fileName: 'x.png', bytes, labelInfo: [] });
    await expect(measured({ heldOut })).rejects.toMatchObject({ type: 'HeldOutTrained' });
  });
});
