import { describe, expect, it } from '@jest/globals';
import { readLabels } from '../../../src/activities/read-manifest.ts';
import { collectLabels } from '../../../src/collect/collect-labels.ts';
import { frameStates } from '../../../src/collect/frame-states.ts';
import type { LabelManifest } from '../../../src/contracts/manifests.ts';
import type { LabelsRef } from '../../../src/contracts/refs.ts';
import type { NativeShape } from '../../../src/cvat/native.ts';
import { nativeShape, NOTHING, sealOf, useStore, type Held } from './seal-of.ts';

const store = useStore();
const LABELS = [
  { id: 1, name: 'cup' },
  { id: 2, name: 'dish' },
];
const CATEGORIES = [
  { id: 4, name: 'cup' },
  { id: 7, name: 'dish' },
];

async function collected(
  held: Partial<Held> & Pick<Held, 'jobs'>,
): Promise<{ labels: LabelsRef; manifest: LabelManifest }> {
  const seal = await sealOf(store(), { frames: 6, labels: LABELS, content: () => NOTHING, ...held });
  const signal = new AbortController().signal;
  const labels = await collectLabels({ store: store(), seal, categories: CATEGORIES, signal });
  return { labels, manifest: await readLabels(store(), labels.manifest) };
}

const drawn = (...shapes: readonly Partial<NativeShape>[]) => ({
  ...NOTHING,
  shapes: shapes.map((more, i) => nativeShape({ id: i + 1, ...more })),
});

describe('which frames are labels', () => {
  const whole = { id: 1, startFrame: 0, stopFrame: 5, complete: true };
  it.each([
    ['all frames of a complete job', [whole], [], 'LLLLLL'],
    ['no deleted frame', [whole], [0, 3], 'DLLDLL'],
    [
      'no frame of an open job',
      [
        { ...whole, stopFrame: 2 },
        { id: 2, startFrame: 3, stopFrame: 5, complete: false },
      ],
      [],
      'LLLUUU',
    ],
    [
      'no frame that an open job shares',
      [
        { ...whole, stopFrame: 3 },
        { id: 2, startFrame: 3, stopFrame: 5, complete: false },
      ],
      [5],
      'LLLUUD',
    ],
    ['no frame that no job covers', [{ ...whole, stopFrame: 1 }], [], 'LLUUUU'],
  ])('%s', (_, jobs, deleted, expected) => {
    expect(
      frameStates(6, jobs, deleted)
        .map((state) => state[0]?.toUpperCase())
        .join(''),
    ).toBe(expected);
  });
});

describe('labels', () => {
  it('of frames that people left empty are empty: they looked, and there is nothing', async () => {
    const { manifest, labels } = await collected({ jobs: [{ id: 1, startFrame: 0, stopFrame: 5 }] });
    expect(manifest.frames.map(({ labelledPixels }) => labelledPixels)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(labels).toMatchObject({ frames: 6, labelledFrames: 0 });
    expect(manifest).not.toHaveProperty('withoutLabel');
  });

  it('are made neither of deleted frames nor of those in open jobs, and what is drawn there is counted', async () => {
    const content = drawn({ frame: 0 }, { frame: 1 }, { frame: 1 }, { frame: 2 });
    const { manifest, labels } = await collected({
      jobs: [
        { id: 1, startFrame: 0, stopFrame: 3 },
        { id: 2, startFrame: 4, stopFrame: 5, complete: false },
      ],
      deleted: [1],
      content: (job) => (job === 1 ? content : drawn({ frame: 4 })),
    });
    expect(manifest.frames.map(({ frame }) => frame)).toEqual([0, 2, 3]);
    expect(manifest.withoutLabel).toEqual([
      { name: 'f1.png', frame: 1, why: 'deleted', leftOut: 2 },
      { name: 'f4.png', frame: 4, why: 'unfinished', leftOut: 1 },
      { name: 'f5.png', frame: 5, why: 'unfinished', leftOut: 0 },
    ]);
    expect(labels.leftOut).toEqual({ 'on deleted frames': 2, 'on unfinished frames': 1 });
  });

  it('take a shape that two jobs hold alike on a shared frame once, and what differs twice', async () => {
    const both = { frame: 2, points: [0, 0, 4, 4], labelId: 1 };
    const { manifest } = await collected({
      frames: 4,
      jobs: [
        { id: 1, startFrame: 0, stopFrame: 2 },
        { id: 2, startFrame: 2, stopFrame: 3 },
      ],
      content: (job) =>
        job === 1
          ? drawn({ ...both, source: 'auto' }, { ...both, id: 8 }, { frame: 0 })
          : drawn({ ...both, id: 20 }, { ...both, id: 21, points: [8, 8, 10, 10] }, { frame: 3, id: 22 }),
    });
    expect(manifest.frames.map(({ frame }) => frame)).toEqual([0, 1, 2, 3]);
    const shared = manifest.frames[2];
    expect(shared?.instances?.map(({ job, shapes }) => [job, shapes])).toEqual([
      [1, [1]],
      [1, [8]],
      [2, [21]],
    ]);
    expect(shared).toMatchObject({ labelledPixels: 20, leftOut: { 'same shape in two jobs': 1 } });
  });

  it('count shapes without a pixel, and never look for the class of one without an area', async () => {
    const part = { labels: [...LABELS, { id: 3, name: 'cup', parentId: 2 }] };
    const { manifest } = await collected({
      ...part,
      jobs: [{ id: 1, startFrame: 0, stopFrame: 5 }],
      content: () => drawn({ points: [200, 0, 210, 9] }, { type: 'skeleton', points: [], labelId: 3 }),
    });
    expect(manifest.frames[0]?.leftOut).toEqual({ 'shape without pixels': 1, skeleton: 1 });
  });

  it('are refused for a class that no category has, a part of a skeleton among them', async () => {
    const labels = [...LABELS, { id: 3, name: 'knife' }, { id: 5, name: 'cup', parentId: 2 }];
    const jobs = [{ id: 1, startFrame: 0, stopFrame: 5 }];
    for (const labelId of [3, 5, 99]) {
      await expect(collected({ labels, jobs, content: () => drawn({ labelId }) })).rejects.toMatchObject({
        code: 'CategoryMissing',
      });
    }
  });

  it('are grouped into objects by class and group of one job', async () => {
    const { manifest } = await collected({
      jobs: [{ id: 1, startFrame: 0, stopFrame: 5 }],
      content: () =>
        drawn({ group: 1 }, { group: 1, points: [10, 10, 12, 12] }, { group: 1, labelId: 2, points: [20, 20, 22, 22] }),
    });
    expect(manifest.frames[0]?.instances).toEqual([
      { category: 4, job: 1, shapes: [1, 2], pixels: 10 },
      { category: 7, job: 1, shapes: [3], pixels: 4 },
    ]);
  });
});

describe('a seal', () => {
  it('that is damaged is refused', async () => {
    const whole = await store().put(Buffer.from('{"seal":{"schema":"maskloop.seal/2","task":1,"frames":0}}\n'));
    const seal = await sealOf(store(), { frames: 1, labels: LABELS, jobs: [], content: () => NOTHING });
    const signal = new AbortController().signal;
    const request = { store: store(), seal: { ...seal, artifact: whole }, categories: CATEGORIES, signal };
    await expect(collectLabels(request)).rejects.toMatchObject({ code: 'ArtifactCorrupt' });
  });
});
