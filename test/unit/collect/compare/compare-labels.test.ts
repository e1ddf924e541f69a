import { describe, expect, it } from '@jest/globals';
import { compareLabels } from '../../../../src/collect/compare/compare-labels.ts';
import type { ComparisonManifest, ComparisonRef, PeopleSetting } from '../../../../src/contracts/comparison.ts';
import type { NativeShape } from '../../../../src/cvat/native.ts';
import { boxMask, storePreannotations, type Box, type PreannotatedFrame } from '../../../kit/preannotations.ts';
import { nativeShape, NOTHING, sealOf, useStore, type Held } from '../seal-of.ts';

const store = useStore();
const LABELS = [
  { id: 11, name: 'cup' },
  { id: 12, name: 'dish' },
];
const CATEGORIES = [
  { id: 4, name: 'cup' },
  { id: 7, name: 'dish' },
];
const CUP: Box = [10, 10, 30, 20];
const DISH: Box = [40, 30, 60, 50];

/** A mask of the class `cup` on frame 0 as CVAT holds it, or what a test wants different. */
const held = (box: Box, more: Partial<NativeShape> = {}): NativeShape =>
  nativeShape({ type: 'mask', labelId: 11, points: boxMask(box), source: 'auto', ...more });

interface Given {
  readonly before: readonly PreannotatedFrame[];
  readonly after: readonly NativeShape[];
  readonly people?: PeopleSetting;
  readonly leftAlone?: readonly number[];
  readonly held?: Partial<Held>;
  readonly signal?: AbortSignal;
}

async function compared(given: Given): Promise<{ ref: ComparisonRef; manifest: ComparisonManifest }> {
  const shapes = given.after.map((shape, i) => ({ ...shape, id: i + 1 }));
  const jobs = [{ id: 5, startFrame: 0, stopFrame: 5 }];
  const content = (job: number) => ({
    ...NOTHING,
    shapes: shapes.filter(({ frame }) => (jobOf(given.held?.jobs ?? jobs, frame) ?? job) === job),
  });
  const seal = await sealOf(store(), { frames: 6, labels: LABELS, jobs, content, ...given.held });
  const ref = await compareLabels({
    store: store(),
    preannotations: await storePreannotations(store(), CATEGORIES, given.before),
    seal: seal.artifact,
    categories: CATEGORIES,
    people: given.people ?? 'names',
    leftAlone: new Set(given.leftAlone),
    untouchedSources: ['auto'],
    signal: given.signal ?? new AbortController().signal,
  });
  const text = new TextDecoder().decode(await store().get(ref.manifest));
  return { ref, manifest: JSON.parse(text) as ComparisonManifest };
}

function jobOf(jobs: Held['jobs'], frame: number): number | undefined {
  return jobs.find(({ startFrame, stopFrame }) => startFrame <= frame && frame <= stopFrame)?.id;
}

const cupOn = (name: string): PreannotatedFrame => ({ name, shapes: [{ category: 4, box: CUP }] });

describe('the comparison of what was imported with what was sealed', () => {
  it('names images that are no frame of the task', async () => {
    const { ref, manifest } = await compared({ before: [cupOn('f0.png'), cupOn('elsewhere.png')], after: [held(CUP)] });
    expect(ref.imagesWithoutFrame).toBe(1);
    expect(manifest.imagesWithoutFrame).toEqual(['elsewhere.png']);
    const all = await compared({ before: [cupOn('f0.png')], after: [held(CUP)] });
    expect(all.manifest).not.toHaveProperty('imagesWithoutFrame');
  });

  it('finds frames in a folder of the task that the masks leave out, as the import does', async () => {
    const nameOf = (frame: number) => `o/${frame}.png`;
    const before = [cupOn('1.png'), cupOn('3.png')];
    const after = [held(CUP, { frame: 1 }), held(CUP, { frame: 3 })];
    const { manifest } = await compared({ before, after, held: { nameOf } });
    expect(manifest.frames.map(({ name, frame }) => [name, frame])).toEqual([
      ['o/1.png', 1],
      ['o/3.png', 3],
    ]);
    expect(manifest.notCompared).toContainEqual({ name: 'o/0.png', frame: 0, why: 'no pre-annotations' });
  });

  it('leaves no folder out where a name could then be that of several frames', async () => {
    const nameOf = (frame: number) => `${frame < 3 ? 'a' : 'b'}/${frame % 3}.png`;
    const { manifest } = await compared({ before: [cupOn('1.png')], after: [], held: { nameOf } });
    expect(manifest.frames).toEqual([]);
  });

  it('counts pixels and shapes by class, and finds frames by their names without ending', async () => {
    const before = [
      {
        name: 'f0.jpg',
        shapes: [
          { category: 4, box: CUP },
          { category: 7, box: DISH },
        ],
      },
      cupOn('f1.png'),
      { name: 'f2.png', shapes: [] },
    ];
    // The cup of frame 0 is 20 × 10 pixels and was moved by 5; that of frame 1 stayed; a dish was added on frame 2.
    const after = [
      held([15, 10, 35, 20], { source: 'semi-auto' }),
      held(DISH, { labelId: 12 }),
      held(CUP, { frame: 1 }),
      held([0, 0, 4, 4], { frame: 2, labelId: 12, source: 'manual' }),
    ];
    const { ref, manifest } = await compared({ before, after });
    expect(ref).toMatchObject({
      frames: 3,
      untouchedFrames: 1,
      notCompared: { deleted: 0, unfinished: 0, 'not imported': 0, 'no pre-annotations': 3 },
      changedPixels: 50 + 50 + 16,
      unionPixels: 250 + 400 + 200 + 16,
      shapes: { untouched: 2, edited: 1, relabelled: 0, added: 1, removed: 0 },
    });
    expect(ref.classes.first).toEqual([
      {
        category: 4,
        name: 'cup',
        pixels: { both: 350, before: 400, after: 400 },
        shapes: { untouched: 1, edited: 1, relabelled: 0, added: 0, removed: 0 },
      },
      {
        category: 7,
        name: 'dish',
        pixels: { both: 400, before: 400, after: 416 },
        shapes: { untouched: 1, edited: 0, relabelled: 0, added: 1, removed: 0 },
      },
    ]);
    expect(ref.meanIou).toBeCloseTo((350 / 450 + 400 / 416) / 2, 12);
    expect(ref.meanDice).toBeCloseTo((700 / 800 + 800 / 816) / 2, 12);
    expect(ref.worstFrames.map(({ name, frame }) => [name, frame])).toEqual([
      ['f2.png', 2],
      ['f0.png', 0],
    ]);
    expect(manifest.frames.map(({ frame, job }) => [frame, job])).toEqual([
      [0, 5],
      [1, 5],
      [2, 5],
    ]);
    expect(manifest.classes).toEqual(ref.classes.first);
    expect(manifest.notCompared.map(({ frame, why }) => `${frame} ${why}`)).toEqual([
      '3 no pre-annotations',
      '4 no pre-annotations',
      '5 no pre-annotations',
    ]);
  });

  it('leaves out deleted frames and those that nobody finished, and says so', async () => {
    const jobs = [
      { id: 5, startFrame: 0, stopFrame: 2 },
      { id: 6, startFrame: 3, stopFrame: 5, complete: false },
    ];
    const before = [0, 1, 2, 3, 4, 5].map((frame) => cupOn(`f${frame}.png`));
    const { ref } = await compared({ before, after: [held(CUP)], held: { jobs, deleted: [1] } });
    expect(ref).toMatchObject({
      frames: 2,
      notCompared: { deleted: 1, unfinished: 3, 'not imported': 0, 'no pre-annotations': 0 },
      shapes: { untouched: 1, removed: 1 },
    });
  });

  it('leaves out the frames of jobs that the import left alone, also those that they share', async () => {
    const jobs = [
      { id: 5, startFrame: 0, stopFrame: 3 },
      { id: 6, startFrame: 3, stopFrame: 5 },
    ];
    const before = [0, 1, 2, 3, 4, 5].map((frame) => cupOn(`f${frame}.png`));
    const { ref } = await compared({ before, after: [], held: { jobs, deleted: [5] }, leftAlone: [6] });
    expect(ref).toMatchObject({ frames: 3, notCompared: { deleted: 1, 'not imported': 2 }, shapes: { removed: 3 } });
  });

  it('counts a frame that two jobs share once, for the first of them', async () => {
    const jobs = [
      { id: 6, startFrame: 2, stopFrame: 5 },
      { id: 5, startFrame: 0, stopFrame: 2 },
    ];
    const { manifest } = await compared({ before: [cupOn('f2.png'), cupOn('f3.png')], after: [], held: { jobs } });
    expect(manifest.jobs.map(({ job, frames }) => [job, frames])).toEqual([
      [5, 1],
      [6, 1],
    ]);
  });

  it('paints overlaps as the labels do, and skips what has no area', async () => {
    const before = [cupOn('f0.png')];
    const dish = held(CUP, { labelId: 12, zOrder: 1, source: 'manual' });
    const line = nativeShape({ type: 'polyline', labelId: 999, points: [1, 1, 5, 5] });
    const { ref } = await compared({ before, after: [dish, held(CUP), line] });
    expect(ref).toMatchObject({ changedPixels: 200, unionPixels: 200, shapes: { untouched: 1, added: 1, edited: 0 } });
  });
});

describe('people', () => {
  const jobs = [
    { id: 5, startFrame: 0, stopFrame: 1, assignee: 'bert' },
    { id: 6, startFrame: 2, stopFrame: 3, assignee: 'anna' },
    { id: 7, startFrame: 4, stopFrame: 4, assignee: null },
    { id: 8, startFrame: 5, stopFrame: 5, assignee: 'bert' },
  ];
  const before = [0, 1, 2, 3, 4, 5].map((frame) => cupOn(`f${frame}.png`));
  const after = [0, 1, 2, 3].map((frame) => held(CUP, { frame }));

  it.each<[PeopleSetting, unknown]>([
    [
      'names',
      [
        ['bert', 3, 1],
        ['anna', 2, 0],
        [null, 1, 1],
      ],
    ],
    [
      'pseudonyms',
      [
        ['person 1', 3, 1],
        ['person 2', 2, 0],
        [null, 1, 1],
      ],
    ],
    ['none', undefined],
  ])('are told as %s say', async (people, expected) => {
    const { ref, manifest } = await compared({ before, after, people, held: { jobs } });
    expect(manifest.people?.map(({ person, frames, shapes }) => [person, frames, shapes.removed])).toEqual(expected);
    expect(JSON.stringify([ref, manifest]).includes('bert')).toBe(people === 'names');
    expect(manifest.jobs.map(({ job, frames }) => [job, frames])).toEqual([
      [5, 2],
      [6, 2],
      [7, 1],
      [8, 1],
    ]);
  });
});

describe('without anything drawn', () => {
  it('there are no shares; a comparison ends with the reason of the signal', async () => {
    const { ref } = await compared({ before: [{ name: 'f0.png', shapes: [] }], after: [] });
    expect(ref).toMatchObject({ frames: 1, untouchedFrames: 1, unionPixels: 0, meanIou: null, worstFrames: [] });
    expect(ref.classes).toEqual({ first: [], total: 0 });
    const signal = AbortSignal.abort(new Error('given up'));
    await expect(compared({ before: [], after: [], signal })).rejects.toThrow('given up');
  });
});
