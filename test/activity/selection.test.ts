import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { chooseSamples } from '../../src/activities/selection/choose-samples.ts';
import { samplesName, tombstoneName } from '../../src/contracts/ids.ts';
import type { FolderRef } from '../../src/contracts/refs.ts';
import { putFolder } from '../../src/storage/put-folder.ts';
import { verifyContents } from '../../src/storage/verify-contents.ts';
import { describeFolder } from '../../src/storage/folder-digest.ts';
import { namesOf, openSelectionSite, videoFiles, type SelectionSite } from '../kit/selection-site.ts';

let site: SelectionSite;
beforeEach(async () => {
  site = await openSelectionSite();
});
afterEach(async () => site.close());

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const videoOf = (name: string): string => name.split('/')[0] ?? '';

/** Bytes of the files of a folder in the store, by name. */
async function filesOf(folder: FolderRef | null): Promise<ReadonlyMap<string, Uint8Array>> {
  if (folder === null) throw new Error('no images');
  const contents = await verifyContents(site.store, folder, {});
  const files = contents.names.map(async (name) => [name, await contents.read(name)] as const);
  return new Map(await Promise.all(files));
}

describe('choosing frames', () => {
  it('chooses once for a number, and puts exactly these images into the store', async () => {
    await site.add(videoFiles([4, 4]));
    const first = await site.select(1);
    expect(first).toMatchObject({ frames: 3, pool: { frames: 8, groups: 2, used: 0, heldOut: 0 } });
    await site.add(videoFiles([9, 9], 4));
    expect(await site.select(1, { selection: { seed: 'another' } })).toEqual(first);
    const files = await filesOf(first.images);
    const { samples } = await site.list(1);
    expect([...files.keys()].toSorted()).toEqual(samples.map(({ name }) => name).toSorted());
    for (const { name, sha256 } of samples) expect(hashOf(files.get(name) ?? new Uint8Array())).toBe(sha256);
  });

  it('chooses once also when two tries choose at the same time', async () => {
    await site.add(videoFiles([6, 6]));
    const tries = await Promise.all([site.select(1), site.select(1, { selection: { seed: 'two' } }), site.select(1)]);
    expect(tries[1]).toEqual(tries[0]);
    expect(tries[2]).toEqual(tries[0]);
    expect(await site.store.listNamed('loops/')).toEqual([
      samplesName({ connection: 'default', project: 'SurgVU', name: 'nightly' }, 1),
    ]);
  });

  it('never chooses a frame twice, until the pool runs dry', async () => {
    const files = videoFiles([5, 2]);
    await site.add(files);
    const lists = [await site.list(1), await site.list(2), await site.list(3)];
    expect(lists.map(({ samples }) => samples.length)).toEqual([3, 3, 1]);
    expect(lists.flatMap(namesOf).toSorted()).toEqual(Object.keys(files).toSorted());
    expect(lists[2]?.pool).toMatchObject({ used: 6 });
    expect(await site.select(4)).toMatchObject({ frames: 0, images: null, pool: { used: 7 } });
  });

  it('records nothing while there are too few frames, and looks again when the folder has grown', async () => {
    await site.add(videoFiles([2]));
    expect(await site.select(1, { minNewFrames: 3 })).toMatchObject({ frames: 2, images: null });
    await site.add(videoFiles([2, 2]));
    const grown = await site.select(1, { minNewFrames: 3 });
    expect(grown).toMatchObject({ frames: 3 });
    expect(grown.images?.files).toBe(3);
  });

  it('begins where the pool has as many frames as wanted, also when a batch is smaller', async () => {
    await site.add(videoFiles([4, 4]));
    const changes = { batchSize: 3, minNewFrames: 5 };
    expect(await site.select(1, changes)).toMatchObject({ frames: 3, images: { files: 3 }, pool: { eligible: 8 } });
    expect(await site.select(2, changes)).toMatchObject({ frames: 3, images: { files: 3 }, pool: { eligible: 5 } });
    expect(await site.select(3, changes)).toMatchObject({ frames: 2, images: null, pool: { eligible: 2 } });
  });

  it('does not depend on where the pool lies and in what order it is listed', async () => {
    const files = videoFiles([5, 5, 5]);
    await site.add(Object.fromEntries(Object.entries(files).toReversed()));
    const chosen = namesOf(await site.list(1));
    const { folder } = await putFolder(site.store, site.folder);
    const inPlace = await describeFolder(site.folder);
    for (const images of [folder, inPlace]) {
      const args = await site.argsFor(2, { pool: { kind: 'files', images } });
      // Of number 1 of another loop of the same name in a store without that list.
      await site.store.removeNamed(samplesName(args.loop, 1));
      const again = await site.list(1, { pool: { kind: 'files', images } });
      expect(namesOf(again)).toEqual(chosen);
    }
    await site.store.removeNamed(samplesName((await site.argsFor(1)).loop, 1));
    expect(namesOf(await site.list(1, { selection: { seed: 'two' } }))).not.toEqual(chosen);
  });

  it('does not choose from a folder that was to stay as it was and did not', async () => {
    await site.add(videoFiles([4]));
    const images = await describeFolder(site.folder);
    await site.add({ 'video_1/frame_000009.png': videoFiles([1], 9)['video_1/frame_000000.png'] ?? new Uint8Array() });
    await expect(site.select(1, { pool: { kind: 'files', images } })).rejects.toMatchObject({ type: 'InputChanged' });
  });

  it('passes over the same image under another name, and one that was forgotten', async () => {
    const files = videoFiles([4]);
    const image = (at: number) => files[`video_1/frame_00000${at}.png`] ?? new Uint8Array();
    await site.add({ ...files, 'video_2/a.png': image(0), 'video_2/b.png': image(1), 'video_2/c.png': image(0) });
    await site.store.putNamed(tombstoneName(hashOf(image(3))), Buffer.from('{}'));
    const all = [await site.list(1), await site.list(2)];
    const samples = all.flatMap((list) => list.samples);
    expect(samples.map(({ sha256 }) => sha256).toSorted()).toEqual([0, 1, 2].map((at) => hashOf(image(at))).toSorted());
    expect(all[1]?.samples).toEqual([]);
    expect(all[1]?.pool.used).toBe(7);
  });

  it('says which files cannot be decoded, and chooses others', async () => {
    await site.add({
      ...videoFiles([2]),
      'video_1/broken.png': Buffer.from('no image'),
      'video_1/notes.txt': Buffer.from('x'),
    });
    const list = await site.list(1);
    expect(list.samples).toHaveLength(2);
    expect(list.pool.frames).toBe(3);
    expect(list.notes).toEqual([expect.stringMatching(/^Frames that cannot be decoded: 1, .*"video_1\/broken\.png"/)]);
  });

  it('refuses a policy that it does not know', async () => {
    await site.add(videoFiles([2]));
    await expect(site.select(1, { selection: { candidates: 0 } })).rejects.toMatchObject({ type: 'InvalidPolicy' });
  });
});

describe('near duplicates', () => {
  it('of a video are thinned, in a batch and over several, and those of other videos are not', async () => {
    const image = (seed: number) => videoFiles([1], seed)['video_1/frame_000000.png'] ?? new Uint8Array();
    const scenes = [image(1), image(2), image(3)];
    // The same picture with another last bit is another file.
    const twin = async (bytes: Uint8Array): Promise<Uint8Array> => {
      return sharp(bytes).linear(1, 1).png().toBuffer();
    };
    const entries: [string, Uint8Array][] = [];
    for (const [at, bytes] of scenes.entries())
      entries.push([`a/${at}.png`, bytes], [`a/${at}_again.png`, await twin(bytes)]);
    entries.push(['b/0.png', await twin(await twin(image(1)))]);
    await site.add(Object.fromEntries(entries));
    const changes = { selection: { thinning: 0.02 }, batchSize: 2 };
    const lists = [await site.list(1, changes), await site.list(2, changes), await site.list(3, changes)];
    const chosen = lists.flatMap(namesOf).map((name) => name.replace('_again', ''));
    expect(chosen.toSorted()).toEqual(['a/0.png', 'a/1.png', 'a/2.png', 'b/0.png']);
    expect(lists[2]?.pool.alike).toBe(3);
    expect((await site.list(4, { batchSize: 9 })).samples).toHaveLength(3);
  });
});

describe('held-out frames', () => {
  it('are chosen first from a few groups, of which no number ever chooses another frame', async () => {
    const files = videoFiles([6, 6, 6, 6]);
    await site.add(files);
    const changes = { heldOutTask: { frames: 4 }, batchSize: 5 };
    const held = await site.list(0, changes);
    expect(held).toMatchObject({ task: 'Iteration_held_out', number: 0 });
    expect(held.samples).toHaveLength(4);
    const videos = new Set(namesOf(held).map(videoOf));
    expect(videos.size).toBe(1);
    const later: string[] = [];
    for (let number = 1; number < 6; number += 1) later.push(...namesOf(await site.list(number, changes)));
    expect(later).toHaveLength(18);
    expect(later.map(videoOf)).not.toContain([...videos][0]);
    expect((await site.select(6, changes)).pool).toMatchObject({ used: 22, heldOut: 2 });
  });

  it('of a task of the loop itself, as its file names it, are chosen before that task is there', async () => {
    await site.add(videoFiles([3, 3]));
    const heldOut = { kind: 'task', task: 'Iteration_held_out' } as const;
    const changes = { heldOutTask: { frames: 3 }, batchSize: 3, training: { heldOut, group: 'folder' } };
    const held = await site.list(0, changes);
    const chosen = await site.list(1, changes);
    expect(new Set([...held.samples, ...chosen.samples].map(({ name }) => name)).size).toBe(6);
    expect(new Set(held.samples.map(({ group }) => group))).not.toEqual(
      new Set(chosen.samples.map(({ group }) => group)),
    );
  });

  it('are not chosen where all frames are of one group', async () => {
    await site.add(videoFiles([6]));
    await expect(site.select(0, { heldOutTask: { frames: 2 } })).rejects.toMatchObject({ type: 'HeldOutGroups' });
  });

  it('of a folder are known by their group and by their content', async () => {
    await site.add(videoFiles([2, 3, 3]));
    const read = async (name: string) => readFile(join(site.folder, name));
    const dir = await mkdtemp(join(tmpdir(), 'maskloop-held-out-'));
    await mkdir(join(dir, 'video_1'), { recursive: true });
    await writeFile(join(dir, 'video_1', 'other.png'), videoFiles([1], 8)['video_1/frame_000000.png'] ?? '');
    await writeFile(join(dir, 'somebody.png'), await read('video_2/frame_000001.png'));
    const images = await describeFolder(dir);
    const list = await site.list(1, { batchSize: 9, training: { heldOut: { kind: 'folder', images, masks: images } } });
    await rm(dir, { recursive: true, force: true });
    expect(namesOf(list).toSorted()).toEqual([
      'video_2/frame_000000.png',
      'video_2/frame_000002.png',
      ...[0, 1, 2].map((at) => `video_3/frame_00000${at}.png`),
    ]);
    expect(list.pool.heldOut).toBe(2);
  });
});

describe('a dry run', () => {
  it('chooses the same frames and writes nothing', async () => {
    await site.add(videoFiles([4, 4]));
    const args = await site.argsFor(1);
    const before = await site.store.listNamed('');
    const deps = { store: site.store, connect: () => ({ cvat: site.cvat, monai: site.monai, trainer: null }) };
    const running = { signal: new AbortController().signal, report: () => undefined };
    const { list } = await chooseSamples(deps, args, running, { dry: true });
    expect(await site.store.listNamed('')).toEqual(before);
    for (const { sha256 } of list.samples) expect(await site.store.sizeOf(sha256)).toBeNull();
    const real = await site.list(1);
    expect(list).toEqual({ ...real, images: null });
  });
});
