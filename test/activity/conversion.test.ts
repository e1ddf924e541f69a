import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { masksToCoco } from '../../src/coco/masks-to-coco.ts';
import { writeMask } from '../../src/coco/write-mask.ts';
import { MaskloopError } from '../../src/contracts/error.ts';
import type { ArtifactRef } from '../../src/contracts/refs.ts';
import type { ArtifactStore } from '../../src/storage/store.ts';
import { quietEnvironment } from '../kit/activity-site.ts';
import { CATEGORIES, openConversionSite, type ConversionSite } from '../kit/conversion-site.ts';

const NAMES = [0, 1, 2, 3, 4, 5, 6, 7].map((index) => `frame_${index}.png`);

let site: ConversionSite;
afterEach(async () => site.close());

/** A store that fails when a shard is to be named, the first time. */
function crashingBeforeTheName(store: ArtifactStore): ArtifactStore {
  let crashed = false;
  return {
    ...store,
    putNamed: async (name, content) => {
      if (crashed || !name.startsWith('conversions/')) return store.putNamed(name, content);
      crashed = true;
      throw new MaskloopError('StoreUnreachable', 'the worker is gone');
    },
  };
}

async function linesOf(store: ArtifactStore): Promise<readonly ArtifactRef[]> {
  const names = await store.listNamed('conversions/');
  const documents = await Promise.all(names.map(async (name) => store.getNamed(name)));
  return documents.map((bytes) => (JSON.parse(Buffer.from(bytes ?? []).toString()) as { lines: ArtifactRef }).lines);
}

function fileOf({ sha256 }: ArtifactRef): string {
  return join(site.storeDir, 'sha256', sha256.slice(0, 2), sha256);
}

describe('the plan of a conversion', () => {
  it('lists every mask with its hash, in order, and nothing else that the folder holds', async () => {
    site = await openConversionSite();
    await site.writeMask('deep/frame_9.PNG', 9);
    await writeFile(join(site.masksDir, 'frame_2.txt'), 'not a mask');
    const ref = await site.run('planConversion', { input: await site.input({ shardSize: 4 }) });
    expect(ref).toMatchObject({ shards: 3, masks: 9 });
    const plan = JSON.parse(Buffer.from(await site.store.get(ref.plan)).toString()) as {
      shards: { list: ArtifactRef }[];
    };
    const lists = await Promise.all(plan.shards.map(async ({ list }) => Buffer.from(await site.store.get(list))));
    const lines = lists.map((text) => text.toString().trim().split('\n'));
    const masks = lines.map((shard) => shard.map((line) => JSON.parse(line) as { name: string; sha256: string }));
    expect(masks.map((shard) => shard.map(({ name }) => name))).toEqual([
      ['deep/frame_9.PNG', 'frame_0.png', 'frame_1.png', 'frame_2.png'],
      ['frame_3.png', 'frame_4.png', 'frame_5.png', 'frame_6.png'],
      ['frame_7.png'],
    ]);
    for (const { name, sha256 } of masks.flat()) {
      expect((await site.store.put(await readFile(join(site.masksDir, name)))).sha256).toBe(sha256);
    }
  });

  it('is refused for masks other than those of the start, and for a folder without one', async () => {
    site = await openConversionSite();
    const input = await site.input();
    await site.writeMask('frame_3.png', 33);
    await expect(site.run('planConversion', { input })).rejects.toMatchObject({ type: 'InputChanged' });
    for (const name of NAMES) await rm(join(site.masksDir, name));
    await expect(site.run('planConversion', { input: await site.input() })).rejects.toMatchObject({
      type: 'EmptyMaskFolder',
    });
  });
});

describe('the shards of a conversion', () => {
  it.each([1, 3, 8, 500])('of %i masks give the bytes that the command writes', async (shardSize) => {
    site = await openConversionSite();
    const input = await site.input({ shardSize });
    const dataset = await site.convert(input);
    const outDir = site.storeDir;
    const whole = await masksToCoco({
      maskDir: site.masksDir,
      task: input.task,
      categories: CATEGORIES,
      outDir,
      preannotations: true,
    });
    expect(Buffer.from(await site.store.get(dataset.document))).toEqual(await readFile(whole.documentPath));
    const preannotations = await readFile(whole.preannotationsPath ?? '');
    expect(Buffer.from(await site.store.get(dataset.preannotations))).toEqual(preannotations);
    expect(dataset).toMatchObject({ images: 8, annotations: whole.annotations, skippedPixels: {} });
    expect(await linesOf(site.store)).toHaveLength(Math.ceil(8 / shardSize));
  });

  it('are found by a conversion of the same masks, and only what has changed is converted', async () => {
    site = await openConversionSite();
    const first = await site.convert(await site.input());
    expect(site.converted.splice(0)).toEqual(NAMES);
    expect(await site.convert(await site.input())).toEqual(first);
    expect(site.converted).toEqual([]);
    await site.writeMask('frame_4.png', 44);
    expect((await site.convert(await site.input())).document).not.toEqual(first.document);
    expect(site.converted).toEqual(['frame_3.png', 'frame_4.png', 'frame_5.png']);
  });

  it('are converted anew for other rules, and count what these leave out', async () => {
    site = await openConversionSite();
    const categories = await site.store.put(Buffer.from(JSON.stringify(CATEGORIES.slice(0, 1))));
    const strict = { ...(await site.input()), categories };
    await expect(site.convert(strict)).rejects.toMatchObject({ type: 'UndeclaredCategory' });
    site.converted.splice(0);
    const lenient = {
      ...strict,
      conversion: { ...strict.conversion, rules: { ...strict.conversion.rules, unknown: 'skip' as const } },
    };
    const { skippedPixels, annotations } = await site.convert(lenient);
    expect(site.converted.splice(0)).toEqual(NAMES);
    expect({ skippedPixels, annotations }).toEqual({ skippedPixels: { 2: expect.any(Number) }, annotations: 8 });
    await site.convert({ ...lenient, categories: (await site.input()).categories });
    expect(site.converted).toEqual(NAMES);
  });

  it('are found again under other names of classes, of which the document tells', async () => {
    site = await openConversionSite();
    const input = await site.input();
    await site.convert(input);
    site.converted.splice(0);
    const renamed = CATEGORIES.map(({ id }) => ({ id, name: `class ${id}` }));
    const categories = await site.store.put(Buffer.from(JSON.stringify(renamed)));
    const { document } = await site.convert({ ...input, categories });
    expect(site.converted).toEqual([]);
    expect(JSON.parse(Buffer.from(await site.store.get(document)).toString())).toMatchObject({ categories: renamed });
  });

  it('survive a crash between the lines and the name: the shard is done again, to the same bytes', async () => {
    site = await openConversionSite(crashingBeforeTheName);
    const input = await site.input();
    const plan = await site.run('planConversion', { input });
    const before = (await readdir(site.storeDir, { recursive: true })).length;
    const shard = { input, plan, index: 1 };
    await expect(site.run('convertShard', shard)).rejects.toMatchObject({ type: 'StoreUnreachable' });
    expect((await readdir(site.storeDir, { recursive: true })).length).toBeGreaterThan(before);
    expect(await site.store.listNamed('conversions/')).toEqual([]);
    expect(await site.run('convertShard', shard)).toMatchObject({ masks: 3, found: false });
    expect(await site.run('convertShard', shard)).toMatchObject({ masks: 3, found: true });
    expect(site.converted).toEqual([3, 4, 5, 3, 4, 5].map((index) => `frame_${index}.png`));
  });

  it.each([
    ['deleted', async (file: string) => rm(file)],
    ['damaged', async (file: string) => writeFile(file, 'something else')],
  ])('are converted again where their lines were %s', async (_what, harm) => {
    site = await openConversionSite();
    const input = await site.input({ shardSize: 8 });
    const dataset = await site.convert(input);
    const plan = await site.run('planConversion', { input });
    const [lines] = await linesOf(site.store);
    if (lines === undefined) throw new Error('no shard is finished');
    await harm(fileOf(lines));
    await expect(site.run('assembleDataset', { input, plan })).rejects.toMatchObject({
      type: expect.stringMatching(/^Artifact(Missing|Corrupt)$/),
      nonRetryable: true,
    });
    expect(await site.run('convertShard', { input, plan, index: 0 })).toMatchObject({ masks: 8, found: false });
    expect(await site.run('assembleDataset', { input, plan })).toEqual(dataset);
  });

  it.each([
    ['a broken character in a line', (text: string) => text.replace('"categoryId":', '"categoryId"?')],
    ['more lines than masks', (text: string) => text + text],
  ])('are converted again where the large file of their lines has %s', async (_what, damage) => {
    site = await openConversionSite();
    // Long enough that the damage is met before the end of the file, where the hash is compared.
    const values = Uint8Array.from({ length: 160 * 160 }, (_, at) => ((at * 7919) >> 4) % 3);
    for (const name of NAMES) {
      await writeFile(join(site.masksDir, name), writeMask({ width: 160, height: 160, values }));
    }
    const input = await site.input({ shardSize: 8 });
    const dataset = await site.convert(input);
    const plan = await site.run('planConversion', { input });
    const [lines] = await linesOf(site.store);
    if (lines === undefined) throw new Error('no shard is finished');
    expect(lines.bytes).toBeGreaterThan(2 * 65_536);
    const text = await readFile(fileOf(lines), 'utf8');
    await writeFile(fileOf(lines), damage(text));
    await expect(site.run('assembleDataset', { input, plan })).rejects.toMatchObject({
      type: 'ArtifactCorrupt',
      nonRetryable: true,
    });
    expect(await site.run('convertShard', { input, plan, index: 0 })).toMatchObject({ masks: 8, found: false });
    expect(await site.run('assembleDataset', { input, plan })).toEqual(dataset);
  });

  it('are converted again where the document that names them is not understood', async () => {
    site = await openConversionSite();
    const input = await site.input({ shardSize: 8 });
    await site.convert(input);
    const plan = await site.run('planConversion', { input });
    const [name = ''] = await site.store.listNamed('conversions/');
    await site.store.putNamed(name, Buffer.from('{"lines": 7}'));
    await expect(site.run('assembleDataset', { input, plan })).rejects.toMatchObject({ type: 'ArtifactMissing' });
    expect(await site.run('convertShard', { input, plan, index: 0 })).toMatchObject({ found: false });
  });
});

describe('a shard', () => {
  it('is refused with the name of a mask that has changed since the plan, and goes on once it is put back', async () => {
    site = await openConversionSite();
    const input = await site.input();
    const plan = await site.run('planConversion', { input });
    await site.writeMask('frame_4.png', 44);
    await site.run('convertShard', { input, plan, index: 0 });
    await expect(site.run('convertShard', { input, plan, index: 1 })).rejects.toMatchObject({
      type: 'InputChanged',
      message: expect.stringContaining('frame_4.png has changed'),
      details: [{ file: join(site.masksDir, 'frame_4.png') }],
    });
    await site.writeMask('frame_4.png', 4);
    expect(await site.run('convertShard', { input, plan, index: 1 })).toMatchObject({ masks: 3 });
  });

  it('names the mask that cannot be converted, and leaves nothing half done in the store', async () => {
    site = await openConversionSite();
    await writeFile(join(site.masksDir, 'frame_5.png'), 'not a PNG');
    const input = await site.input();
    const plan = await site.run('planConversion', { input });
    const before = await readdir(site.storeDir, { recursive: true });
    await expect(site.run('convertShard', { input, plan, index: 1 })).rejects.toMatchObject({
      type: 'NotAPng',
      details: [{ file: join(site.masksDir, 'frame_5.png') }],
    });
    expect(await readdir(site.storeDir, { recursive: true })).toEqual(before);
  });

  it('ends when it is cancelled, and leaves nothing half done in the store', async () => {
    site = await openConversionSite();
    const input = await site.input({ shardSize: 8 });
    const plan = await site.run('planConversion', { input });
    const before = await readdir(site.storeDir, { recursive: true });
    const env = quietEnvironment();
    env.on('heartbeat', () => {
      if (site.converted.length === 3) env.cancel('CANCELLED');
    });
    await expect(site.run('convertShard', { input, plan, index: 0 }, env)).rejects.toMatchObject({
      name: 'CancelledFailure',
    });
    expect(site.converted.length).toBeLessThan(8);
    expect(await readdir(site.storeDir, { recursive: true })).toEqual(before);
  });
});
