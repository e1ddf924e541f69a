import { describe, expect, it } from '@jest/globals';
import { readLabels } from '../../../src/activities/read-manifest.ts';
import { collectLabels } from '../../../src/collect/collect-labels.ts';
import { readMask } from '../../../src/coco/read-mask.ts';
import type { LabelManifest } from '../../../src/contracts/manifests.ts';
import type { LabelsRef } from '../../../src/contracts/refs.ts';
import { nativeWire } from '../../../src/cvat/wire/native.ts';
import { recordedMixedShapes, VERSIONS } from '../cvat/recorded.ts';
import { sealOf, useStore } from './seal-of.ts';

const store = useStore();

/** Pixels by category in each frame of the recorded task; the numbers of odd forms are those of pycocotools and NumPy. */
const FATES: readonly [what: string, pixels: Readonly<Record<number, number>>, more: object][] = [
  ['a mask is taken as it is, a track at its first keyframe', { 1: 184, 3: 80 }, { overlappingPixels: 0 }],
  ['a polygon is filled, a track moves', { 2: 200, 3: 80 }, {}],
  ['polygons of a group are one instance', { 2: 200, 3: 80 }, { groups: 1 }],
  ['a rectangle is filled, a track stays up to the frame where it is outside', { 1: 200, 3: 80 }, {}],
  ['a turned rectangle is filled as it is turned, a track is gone', { 1: 603 }, {}],
  ['an ellipse is filled', { 1: 476 }, {}],
  ['a polyline is counted', {}, { leftOut: { polyline: 1 } }],
  ['points are counted', {}, { leftOut: { points: 1 } }],
  ['a tag is counted', {}, { leftOut: { tag: 1 } }],
  ['the higher lies on top', { 1: 450, 2: 600 }, { overlappingPixels: 150 }],
  ['the higher lies on top, also if it came first', { 1: 600, 2: 450 }, { overlappingPixels: 150 }],
  ['of what is equally high the later lies on top', { 1: 450, 2: 300, 3: 1000 }, { overlappingPixels: 450 }],
  ['masks of a group are one instance', { 1: 200 }, { groups: 1 }],
  ['a mask and a polygon of a group are one instance', { 1: 200 }, { groups: 1 }],
];

describe.each(VERSIONS)('the mixed shapes recorded from CVAT %s', (version) => {
  const content = nativeWire.parse(recordedMixedShapes(version));
  const ids = [...new Set(content.shapes.map(({ labelId }) => labelId))].toSorted((a, b) => a - b);
  const labels = ids.map((id, i) => ({ id, name: `class ${i + 1}` }));
  const categories = ids.map((_, i) => ({ id: i + 1, name: `class ${i + 1}` }));

  async function collected(): Promise<{ labels: LabelsRef; manifest: LabelManifest }> {
    const jobs = [{ id: 5, startFrame: 0, stopFrame: 13 }];
    const seal = await sealOf(store(), { frames: 14, labels, jobs, content: () => content });
    expect(seal).toMatchObject({ shapes: 20, tracks: 1, tags: 1, deletedFrames: 0, unfinishedFrames: 0 });
    const made = await collectLabels({ store: store(), seal, categories, signal: new AbortController().signal });
    return { labels: made, manifest: await readLabels(store(), made.manifest) };
  }

  it('each have the fate that is stated', async () => {
    const { manifest } = await collected();
    expect(manifest.frames).toHaveLength(FATES.length);
    for (const [i, [what, pixels, more]] of FATES.entries()) {
      const frame = manifest.frames[i]!;
      const { values } = readMask(await store().get(frame.label), frame.name);
      const counts: Record<number, number> = {};
      for (const value of values) if (value !== 0) counts[value] = (counts[value] ?? 0) + 1;
      const { overlappingPixels, leftOut, instances = [] } = frame;
      const groups = instances.filter(({ shapes }) => shapes.length > 1).length;
      expect({ what, counts }).toEqual({ what, counts: pixels });
      expect({ what, overlappingPixels, leftOut, groups }).toMatchObject({ what, ...more });
    }
  });

  it('are all accounted for: painted or counted', async () => {
    const { labels: made, manifest } = await collected();
    const painted = manifest.frames.flatMap(({ instances = [] }) => instances.flatMap(({ shapes }) => shapes));
    // The track is painted on four frames.
    expect(painted.length).toBe(content.shapes.length - 2 + 4);
    expect(made).toMatchObject({ leftOut: { polyline: 1, points: 1, tag: 1 }, overlappingPixels: 750, frames: 14 });
  });

  it('give the same seal in whatever order CVAT lists them', async () => {
    const jobs = [{ id: 5, startFrame: 0, stopFrame: 13 }];
    const turned = { ...content, shapes: content.shapes.toReversed() };
    const one = await sealOf(store(), { frames: 14, labels, jobs, content: () => content });
    const other = await sealOf(store(), { frames: 14, labels: labels.toReversed(), jobs, content: () => turned });
    expect(other.artifact).toEqual(one.artifact);
  });
});
