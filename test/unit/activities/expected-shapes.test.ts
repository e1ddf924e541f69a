import { beforeAll, describe, expect, it } from '@jest/globals';
import { expectedShapes, type ExpectedShape } from '../../../src/activities/expected-shapes.ts';
import { contentOf } from '../../../src/activities/task-content.ts';
import type { CocoDocument } from '../../../src/coco/coco.ts';
import { encodeCounts } from '../../../src/coco/rle.ts';
import { MaskloopError } from '../../../src/contracts/error.ts';
import type { Annotations, Shape, TaskMeta } from '../../../src/cvat/cvat.ts';
import { stemOf } from '../../../src/contracts/file-stem.ts';
import { framesByStem } from '../../../src/cvat/place-frames.ts';

const meta: TaskMeta = {
  frames: [
    { name: 'b.jpg', width: 4, height: 3 },
    { name: 'a.jpg', width: 4, height: 3 },
  ],
  video: null,
  deletedFrames: [],
  size: 2,
  startFrame: 0,
  stopFrame: 1,
};
const labels = [
  { id: 31, name: 'instrument' },
  { id: 30, name: 'tissue' },
];
const jobs = [{ id: 8, startFrame: 0, stopFrame: 1 }];
const place = { meta, labels, jobs };

/** A document with one 4×3 mask whose column-major runs are given. */
function documentOf(file: string, runs: readonly number[] = [4, 2, 6], category = 'instrument'): CocoDocument {
  return {
    images: [{ id: 1, file_name: file, width: 4, height: 3 }],
    annotations: [
      {
        id: 1,
        image_id: 1,
        category_id: 5,
        segmentation: { size: [3, 4], counts: encodeCounts(runs) },
        area: 2,
        bbox: [1, 1, 1, 2],
        iscrowd: 0,
      },
    ],
    categories: [{ id: 5, name: category }],
    info: { description: '' },
    licenses: [],
  };
}

async function codeOf(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof MaskloopError) return error.code;
  }
  return 'none';
}

function shape(changes: Partial<Shape>): Shape {
  return {
    id: 1,
    type: 'mask',
    labelId: 31,
    frame: 1,
    points: [0, 2, 1, 1, 1, 2],
    zOrder: 0,
    rotation: 0,
    group: 0,
    source: 'auto',
    ...changes,
  };
}

function holding(shapes: readonly Shape[], others: Partial<Annotations> = {}): Annotations {
  return { shapes, tracks: 0, tags: 0, ...others };
}

describe('the shapes that an import leaves behind', () => {
  it('are on the frame of the same name, with the label of the same name', async () => {
    // Column-major 4, 2: one pixel below the top of column 1, two pixels high.
    expect((await expectedShapes(documentOf('a.png'), place)).shapes).toEqual([
      { frame: 1, labelId: 31, type: 'mask', points: [0, 2, 1, 1, 1, 2] },
    ]);
  });

  it.each(['1.png', '000001.png', 'A.png', 'sub/a.png', 'a.b.png'])(
    'are refused for %s, which CVAT might cast to another frame',
    async (file) => {
      expect(await codeOf(() => expectedShapes(documentOf(file), place))).toBe('FrameMismatch');
    },
  );

  it('are refused if the mask has another size than its frame', async () => {
    const small = { ...meta, frames: [meta.frames[0]!, { name: 'a.jpg', width: 5, height: 3 }] };
    expect(await codeOf(() => expectedShapes(documentOf('a.png'), { ...place, meta: small }))).toBe(
      'FrameSizeMismatch',
    );
  });

  it('are refused if a category that is used has no label of its name, whatever the case', async () => {
    expect(await codeOf(() => expectedShapes(documentOf('a.png', [4, 2, 6], 'Instrument'), place))).toBe(
      'LabelMissing',
    );
    const unused = {
      ...documentOf('a.png'),
      categories: [
        { id: 5, name: 'instrument' },
        { id: 6, name: 'nowhere' },
      ],
    };
    expect((await expectedShapes(unused, place)).shapes).toHaveLength(1);
  });

  it('are left out on deleted frames, and told', async () => {
    const deleted = { ...meta, deletedFrames: [0, 1] };
    expect(await expectedShapes(documentOf('a.png'), { ...place, meta: deleted })).toEqual({
      shapes: [],
      leftOut: [{ frame: 1, labelId: 31, type: 'mask', points: [0, 2, 1, 1, 1, 2] }],
      deletedFrames: [1],
    });
  });

  it('are refused on a frame that two jobs share, and only there', async () => {
    const overlapping = [
      { id: 8, startFrame: 0, stopFrame: 1 },
      { id: 9, startFrame: 1, stopFrame: 2 },
    ];
    expect(await codeOf(() => expectedShapes(documentOf('a.png'), { ...place, jobs: overlapping }))).toBe(
      'FramesShared',
    );
    expect(await codeOf(() => expectedShapes(documentOf('b.png'), { ...place, jobs: overlapping }))).toBe('none');
  });

  it('are refused if two frames share a name', async () => {
    expect(
      await codeOf(() =>
        framesByStem([
          { name: 'x.png', width: 1, height: 1 },
          { name: 'x.jpg', width: 1, height: 1 },
        ]),
      ),
    ).toBe('FrameMismatch');
  });

  it('take the folder as part of the name and the last extension as none', () => {
    expect(stemOf('case_1/frame.0001.png')).toBe('case_1/frame.0001');
    expect(stemOf('case.v2/frame')).toBe('case.v2/frame');
  });
});

describe('what a task holds', () => {
  let expected: readonly ExpectedShape[];
  beforeAll(async () => {
    expected = (await expectedShapes(documentOf('a.png'), place)).shapes;
  });

  it('is nothing, or exactly ours with our mark, whatever its ids', () => {
    expect(contentOf(holding([]), expected)).toBe('nothing');
    expect(contentOf(holding([shape({ id: 77 })]), expected)).toBe('ours');
    expect(contentOf(holding([shape({ source: 'file' })]), expected)).toBe('other');
  });

  it.each([
    ['one pixel more', [shape({ points: [0, 3, 1, 1, 1, 3] })]],
    ['another label', [shape({ labelId: 30 })]],
    ['another frame', [shape({ frame: 0 })]],
    ['another type', [shape({ type: 'polygon' })]],
  ])('is of others where a prediction differs by %s', (_what, shapes) => {
    expect(contentOf(holding(shapes), expected)).toBe('other');
  });

  it('is of others where a shape was imported by somebody else', () => {
    expect(contentOf(holding([shape({}), shape({ id: 2, source: 'file', frame: 0 })]), expected)).toBe('other');
  });

  it('may be what people made of ours: changed, added, deleted, with tracks and tags', () => {
    const drawn = shape({ id: 2, source: 'manual', frame: 0 });
    expect(contentOf(holding([shape({}), drawn]), expected)).toBe('people');
    expect(contentOf(holding([drawn]), expected)).toBe('people');
    expect(contentOf(holding([shape({ id: 3, source: 'semi-auto', points: [0, 3, 1, 1, 1, 3] })]), expected)).toBe(
      'people',
    );
    expect(contentOf(holding([shape({})], { tracks: 1 }), expected)).toBe('people');
    expect(contentOf(holding([], { tags: 1 }), expected)).toBe('people');
  });
});
