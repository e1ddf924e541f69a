import { describe, expect, it } from '@jest/globals';
import { readLabels } from '../../../src/activities/read-manifest.ts';
import { collectLabels } from '../../../src/collect/collect-labels.ts';
import { trackOf } from './track-of.ts';
import { nativeShape, NOTHING, sealOf, useStore, type Held } from './seal-of.ts';

const store = useStore();
const LABELS = [{ id: 1, name: 'cup' }];
const [FIRST, SECOND] = [
  { id: 1, startFrame: 0, stopFrame: 2 },
  { id: 2, startFrame: 3, stopFrame: 5 },
];
const { id, labelId, group, source, attributes } = nativeShape();

/** Labels of two jobs of three frames each, one of which holds something. */
async function collected(job: number, content: Partial<ReturnType<Held['content']>>, deleted: readonly number[] = []) {
  const held = (asked: number) => (asked === job ? { ...NOTHING, ...content } : NOTHING);
  const seal = await sealOf(store(), { frames: 6, labels: LABELS, jobs: [FIRST, SECOND], deleted, content: held });
  const signal = new AbortController().signal;
  const labels = await collectLabels({ store: store(), seal, categories: LABELS, signal });
  const manifest = await readLabels(store(), labels.manifest);
  const painted = manifest.frames.filter(({ labelledPixels }) => labelledPixels > 0).map(({ frame }) => frame);
  const onFrames = manifest.frames.flatMap(({ leftOut = {} }) => Object.keys(leftOut));
  return { all: labels.leftOut, outside: manifest.leftOut, painted, onFrames };
}

const shapesOn = (...frames: readonly number[]) => ({ shapes: frames.map((frame) => nativeShape({ frame })) });
const tagsOn = (...frames: readonly number[]) => ({
  tags: frames.map((frame) => ({ id, labelId, frame, group, source, attributes })),
});

describe('what a job holds on frames that are not its own', () => {
  it.each([
    ['in front of the job', 2, 1],
    ['behind the job', 1, 4],
    ['behind the last frame of the task', 2, 6],
    ['far behind it', 1, 900],
    ['in front of the first frame', 1, -1],
  ])('is counted, neither painted nor lost: %s', async (_, job, frame) => {
    const shapes = { 'shape outside its job': 1 };
    expect(await collected(job, shapesOn(frame))).toEqual({ all: shapes, outside: shapes, painted: [], onFrames: [] });
    const tags = { 'tag outside its job': 1 };
    expect(await collected(job, tagsOn(frame))).toEqual({ all: tags, outside: tags, painted: [], onFrames: [] });
    const tracks = { 'track on no frame of its job': 1 };
    const track = trackOf({ keyframes: [{ frame }, { frame: frame + 1, outside: true }] });
    const made = await collected(job, { tracks: [track] });
    expect(made).toEqual({ all: tracks, outside: tracks, painted: [], onFrames: [] });
  });

  it('is summed over all jobs, beside what is on their own frames', async () => {
    const outside = { 'shape outside its job': 2, 'tag outside its job': 1 };
    expect(await collected(2, { ...shapesOn(0, 3, 1), ...tagsOn(2, 4) })).toEqual({
      all: { ...outside, tag: 1 },
      outside,
      painted: [3],
      onFrames: ['tag'],
    });
  });

  it('is counted also where the frame that it points to has no label', async () => {
    const outside = { 'shape outside its job': 1 };
    expect(await collected(2, shapesOn(1), [1])).toMatchObject({ all: outside, outside });
  });

  it('is painted where a track from before reaches into the job', async () => {
    const reaching = trackOf({ keyframes: [{ frame: 1 }, { frame: 4, outside: true }] });
    expect(await collected(2, { tracks: [reaching] })).toEqual({
      all: {},
      outside: undefined,
      painted: [3],
      onFrames: [],
    });
  });
});

describe('a track', () => {
  it('that is outside wherever its job has frames is counted', async () => {
    const hidden = trackOf({ keyframes: [{ frame: 0, outside: true }] });
    expect((await collected(1, { tracks: [hidden] })).all).toEqual({ 'track on no frame of its job': 1 });
  });
});
