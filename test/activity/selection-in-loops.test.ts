import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CARRIED_SCHEMA } from '../../src/contracts/carried-frames.ts';
import { iterationId, samplesName } from '../../src/contracts/ids.ts';
import type { CompletionRef, FolderRef } from '../../src/contracts/refs.ts';
import { describeFolder } from '../../src/storage/folder-digest.ts';
import { namesOf, openSelectionSite, videoFiles, type SelectionSite } from '../kit/selection-site.ts';

let site: SelectionSite;
beforeEach(async () => {
  site = await openSelectionSite();
});
afterEach(async () => site.close());

/** The receipt of a number whose deadline has carried a frame over. */
async function carryOver(
  task: string,
  images: FolderRef | null,
  frame: { readonly frame: number; readonly name: string },
) {
  const input = { ...site.input, task, masks: null, images, training: null };
  const list = { schema: CARRIED_SCHEMA, connection: 'default', project: 'SurgVU', task, taskId: 7, frames: [frame] };
  const carriedFrames = await site.store.put(Buffer.from(JSON.stringify(list)));
  const now = new Date().toISOString();
  const completion: CompletionRef = { jobs: 2, completedAt: now, why: 'deadline', carried: true, carriedFrames };
  await site.run('recordReceipt', {
    id: iterationId(input),
    input,
    workflow: { runId: 'r', firstRunId: 'f' },
    startedAt: now,
    endedAt: now,
    results: { completion },
    steps: [],
    decisions: [],
  });
}

describe('frames of earlier iterations', () => {
  it('that nobody got to come first in the next batch, where they are carried over', async () => {
    await site.add(videoFiles([9]));
    const first = await site.select(1, { batchSize: 4 });
    const [, , , last] = namesOf(await site.list(1)).toSorted();
    await carryOver('Iteration_1', first.images, { frame: 3, name: last ?? '' });
    const second = await site.list(2, { batchSize: 3 });
    expect(second.samples[0]).toMatchObject({ name: last, strategy: 'carried', score: null });
    expect(second.samples.map(({ strategy }) => strategy)).toEqual(['carried', 'random', 'random']);
    // Five were left, of which two are chosen; the carried one is not among them.
    expect(second.pool.eligible).toBe(5);
    expect(second.notes).toEqual(['Carried over from number 1: 1.']);
    expect(new Set([...namesOf(await site.list(1)), ...namesOf(second)]).size).toBe(4 + 2);
  });

  it('that were held out, and those of their groups, are not carried into a batch', async () => {
    await site.add(videoFiles([4, 4, 4, 4]));
    const heldOutTask = { frames: 2 };
    const zero = await site.select(0, { heldOutTask });
    const [left = ''] = namesOf(await site.list(0));
    await carryOver('Iteration_held_out', zero.images, { frame: 0, name: left });
    const first = await site.list(1, { heldOutTask });
    expect(first.samples.map(({ strategy }) => strategy)).toEqual(['random', 'random', 'random']);
    expect(namesOf(first)).not.toContain(left);
    // The group of a frame that was not got to is held out by now.
    const [open = ''] = namesOf(first);
    await carryOver('Iteration_1', null, { frame: 0, name: open });
    const dir = await mkdtemp(join(tmpdir(), 'maskloop-held-out-'));
    await mkdir(dirname(join(dir, open)), { recursive: true });
    await writeFile(join(dir, open), await readFile(join(site.folder, open)));
    const images = await describeFolder(dir);
    const heldOut = { kind: 'folder', images, masks: images } as const;
    const second = await site.list(2, { heldOutTask, training: { heldOut } });
    await rm(dir, { recursive: true, force: true });
    expect(second.samples.map(({ strategy }) => strategy)).not.toContain('carried');
    expect(namesOf(second)).not.toContain(open);
  });

  it('in tasks that people made before are not chosen, by name or, under another name, by content', async () => {
    const videos = videoFiles([4, 3]);
    const [flat, other] = Object.values(videoFiles([2], 8));
    const files = { ...videos, 'flat.png': flat ?? new Uint8Array(), 'flat_2.png': other ?? new Uint8Array() };
    await site.add(files);
    const read = async (name: string) => readFile(join(site.folder, name));
    const project = await site.cvat.createProject({ name: 'SurgVU', labels: ['instrument'] });
    const wish = { name: 'Iteration_1', projectId: project.id, bugTracker: '', segmentSize: null };
    const task = await site.cvat.createTask(wish);
    const images = [
      { name: 'flat.png', bytes: await read('flat.png') },
      { name: 'by_hand.png', bytes: await read('video_2/frame_000002.png') },
    ];
    const upload = images.map(({ name, bytes }) => ({ name, bytes: bytes.length, read: async () => bytes }));
    await site.cvat.uploadImages(task.id, upload);
    expect(await site.cvat.awaitTaskCreation(task.id)).toBe(true);
    // Groups of which people have labelled something are not held out.
    for (const seed of ['a', 'b', 'c', 'd', 'e', 'f']) {
      const training = { group: '^(video_\\d|flat)' };
      const held = await site.list(0, { heldOutTask: { frames: 1 }, training, selection: { seed } });
      expect(namesOf(held)).toEqual([expect.stringMatching(/^video_/)]);
      await site.store.removeNamed(samplesName((await site.argsFor(0)).loop, 0));
    }
    const second = await site.list(2, { batchSize: 9 });
    const taken = ['flat.png', 'video_2/frame_000002.png'];
    expect(namesOf(second).toSorted()).toEqual(
      Object.keys(files)
        .toSorted()
        .filter((name) => !taken.includes(name)),
    );
    expect(second.pool).toMatchObject({ frames: 9, used: 2 });
    const originals = /^\/api\/tasks\/\d+\/data/;
    const asked = site.log.count({ server: 'cvat', method: 'GET', path: originals });
    expect(asked).toBeGreaterThan(0);
    expect((await site.select(3, { batchSize: 9 })).frames).toBe(0);
    expect(site.log.count({ server: 'cvat', method: 'GET', path: originals })).toBe(asked);
  });

  it('in tasks that people made for later numbers are not chosen, and those of tasks of other names are', async () => {
    await site.add(videoFiles([3, 3]));
    const project = await site.cvat.createProject({ name: 'SurgVU', labels: ['instrument'] });
    const hands = [
      ['Iteration_12', 'video_1/frame_000000.png'],
      ['Iteration_03', 'video_1/frame_000001.png'],
      ['something else', 'video_1/frame_000002.png'],
      ['Iteration_4', null],
    ] as const;
    for (const [name, frame] of hands) {
      const task = await site.cvat.createTask({ name, projectId: project.id, bugTracker: '', segmentSize: null });
      // People are about to upload what Iteration_4 will have.
      if (frame === null) continue;
      const bytes = await readFile(join(site.folder, frame));
      await site.cvat.uploadImages(task.id, [{ name: 'by_hand.png', bytes: bytes.length, read: async () => bytes }]);
      expect(await site.cvat.awaitTaskCreation(task.id)).toBe(true);
    }
    const first = await site.list(1, { batchSize: 6 });
    expect(namesOf(first).toSorted()).toEqual(Object.keys(videoFiles([3, 3])).slice(1));
    expect(first.pool).toMatchObject({ frames: 6, used: 1, eligible: 5 });
  });
});
