import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readLabels } from '../../src/activities/read-manifest.ts';
import { parseCocoDocument } from '../../src/coco/parse-document.ts';
import { readMask } from '../../src/coco/read-mask.ts';
import { writeMask } from '../../src/coco/write-mask.ts';
import { forgottenName, tombstoneName } from '../../src/contracts/ids.ts';
import type { IterationResults } from '../../src/contracts/iteration.ts';
import type { LabelManifest } from '../../src/contracts/manifests.ts';
import { storeSource } from '../../src/dataset/store-source.ts';
import { writeDataset, type WrittenDataset } from '../../src/dataset/write-dataset.ts';
import { openActivitySite, type ActivitySite } from '../kit/activity-site.ts';
import { recordIteration, recordReceipt } from '../kit/recorded-iteration.ts';

let site: ActivitySite;
let results: IterationResults;
let labels: LabelManifest;
beforeAll(async () => {
  site = await openActivitySite({ frames: 5 });
  results = await recordIteration(site);
  if (results.labels === undefined) throw new Error('nothing was sealed');
  labels = await readLabels(site.store, results.labels.manifest);
  await site.closeServers();
}, 240_000);
afterAll(async () => site.close());

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'maskloop-dataset-'));
});
afterEach(async () => rm(dir, { recursive: true }));

function write(
  changes: { images?: string; asLinks?: boolean; given?: string; dir?: string } = {},
): Promise<WrittenDataset> {
  const { given = 'SurgVU', images = null, asLinks = false } = changes;
  return writeDataset(storeSource(site.store), {
    given,
    dir: changes.dir ?? dir,
    images,
    asLinks,
    signal: new AbortController().signal,
  });
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(dir, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => `${parentPath.slice(dir.length + 1)}/${name}`)
    .toSorted();
}

const checkSums = async (): Promise<void> => {
  await promisify(execFile)('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: dir });
};

describe('a dataset', () => {
  it('has every sealed label with its image, in the part that was recorded, as COCO and as PNG', async () => {
    const written = await write();
    expect(written).toMatchObject({ receipts: 1, frames: { training: 4, 'held-out': 1, sealed: 0 }, missing: [] });
    const masks = await filesIn('masks');
    expect(await filesIn('images')).toEqual(masks.map((path) => path.replace('masks/', 'images/')));
    expect(masks.filter((path) => path.startsWith('masks/held-out/Iteration_1/'))).toHaveLength(1);
    const document = parseCocoDocument(await readFile(join(dir, 'labels.json')), 'labels.json');
    expect(document.images.map(({ file_name }) => `images/${file_name}`).toSorted()).toEqual(await filesIn('images'));
    for (const { name, label } of labels.frames) {
      const path = masks.find((one) => one.endsWith(`/${name}`)) ?? '';
      expect(await readFile(join(dir, path))).toEqual(Buffer.from(await site.store.get(label)));
      const image = await readFile(join(dir, path.replace('masks/', 'images/')));
      expect(image).toEqual(await readFile(join(site.scenes.imagesDir, name)));
      const drawn = readMask(await site.store.get(label), name).values.filter((value) => value !== 0).length;
      const { id } = document.images.find(({ file_name }) => path.endsWith(file_name)) ?? { id: 0 };
      const areas = document.annotations.filter(({ image_id }) => image_id === id).map(({ area }) => area);
      expect(areas.reduce((sum, area) => sum + area, 0)).toBe(drawn);
    }
    await checkSums();
  });

  it('is the same after a second run, which writes nothing again, and whole after a run that was cut short', async () => {
    await write();
    const [first = '', second = ''] = await filesIn('masks');
    const before = await stat(join(dir, first));
    const sums = await readFile(join(dir, 'SHA256SUMS'), 'utf8');
    await rm(join(dir, second));
    await rm(join(dir, 'SHA256SUMS'));
    await write();
    expect((await stat(join(dir, first))).mtimeMs).toBe(before.mtimeMs);
    expect(await readFile(join(dir, 'SHA256SUMS'), 'utf8')).toBe(sums);
    await checkSums();
  });

  it('mends a file that has changed', async () => {
    await write();
    const [first = ''] = await filesIn('masks');
    await writeFile(join(dir, first), 'changed');
    await write();
    await checkSums();
  });

  it('links images where that is asked for', async () => {
    await write({ asLinks: true });
    const [image = ''] = await filesIn('images');
    const name = image.split('/').at(-1) ?? '';
    expect((await stat(join(dir, image))).ino).toBe((await stat(join(site.scenes.imagesDir, name))).ino);
  });

  it('is not written into a folder that holds something else', async () => {
    await writeFile(join(dir, 'thesis.tex'), 'years of work');
    await expect(write()).rejects.toMatchObject({ code: 'ForeignFolder' });
    await writeFile(
      join(dir, 'dataset.json'),
      JSON.stringify({ schema: 'maskloop.dataset/1', connection: 'x', project: 'y', files: [] }),
    );
    await expect(write()).rejects.toMatchObject({ code: 'ForeignFolder' });
    expect(await readdir(dir)).toHaveLength(2);
  });

  it('is of a project that has a receipt', async () => {
    await expect(write({ given: 'Surg' })).rejects.toMatchObject({ code: 'IterationNotFound' });
  });
});

describe('images that are not in their folder', () => {
  it('are named, and taken from another folder when one is given', async () => {
    const moved = `${site.scenes.imagesDir}-moved`;
    await rename(site.scenes.imagesDir, moved);
    try {
      const written = await write();
      expect(written.missing).toHaveLength(5);
      expect(written.missing[0]).toMatchObject({ why: 'not found', taskId: results.task?.taskId });
      expect(await filesIn('masks')).toHaveLength(5);
      expect((await write({ images: moved })).missing).toEqual([]);
      await checkSums();
    } finally {
      await rename(moved, site.scenes.imagesDir);
    }
  });
});

describe('several receipts', () => {
  it('give the newest label of each frame, in the values of the newest classes, and drop what was forgotten', async () => {
    await write();
    const [frame, lost] = labels.frames;
    if (frame === undefined || lost === undefined || results.labels === undefined) throw new Error('no frames');
    const corrected = readMask(await site.store.get(frame.label), frame.name);
    corrected.values.fill(0);
    corrected.values.fill(9, 0, 10);
    const label = await site.store.put(writeMask(corrected));
    const manifest: LabelManifest = { categories: [{ id: 9, name: 'fat' }], frames: [{ ...frame, label }] };
    const changed = { ...results.labels, manifest: await site.store.put(Buffer.from(JSON.stringify(manifest))) };
    const categories = await site.store.put(Buffer.from('[{"id":9,"name":"fat"},{"id":1,"name":"new class"}]'));
    const { task } = results;
    if (task === undefined) throw new Error('no task');
    const second = { id: `${site.id}~2`, input: { ...site.input, categories, training: null } };
    await recordReceipt(site, { task, labels: changed }, second);
    await site.store.putNamed(tombstoneName(frame.label.sha256), Buffer.from('{}'));
    await site.store.putNamed(forgottenName(site.input, lost.name), Buffer.from('{}'));
    const written = await write();
    expect(written).toMatchObject({
      receipts: 2,
      forgotten: 1,
      frames: { training: 4 - (await isTraining(lost.name)), sealed: 0 },
    });
    const masks = await filesIn('masks');
    expect(masks.some((path) => path.endsWith(lost.name))).toBe(false);
    const path = masks.find((one) => one.endsWith(frame.name)) ?? '';
    expect(readMask(await readFile(join(dir, path)), path).values.slice(0, 10)).toEqual(new Uint8Array(10).fill(9));
    const table = JSON.parse(await readFile(join(dir, 'label-table.json'), 'utf8')) as {
      value: number;
      name: string;
    }[];
    expect(table.find(({ name }) => name === 'fat')?.value).toBe(9);
    expect(new Set(table.map(({ value }) => value)).size).toBe(table.length);
    const other = masks.find((one) => one !== path) ?? '';
    const old = labels.frames.find(({ name }) => other.endsWith(name));
    const values = readMask(await site.store.get(old!.label), other).values;
    const fat = 4;
    expect([...readMask(await readFile(join(dir, other)), other).values].filter((value) => value === 9).length).toBe(
      values.filter((value) => value === fat).length,
    );
    await checkSums();
  });
});

/** 1 for a frame that the first receipt trained on. */
async function isTraining(name: string): Promise<number> {
  const { submission } = results;
  if (submission === undefined) return 0;
  const { frames } = JSON.parse(Buffer.from(await site.store.get(submission.manifest)).toString()) as {
    frames: { name: string; part: string }[];
  };
  return frames.some((frame) => frame.name === name && frame.part === 'training') ? 1 : 0;
}
