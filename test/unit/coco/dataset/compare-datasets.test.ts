import { describe, expect, it } from '@jest/globals';
import { compareDatasets } from '../../../../src/coco/dataset/compare-datasets.ts';
import type { Comparison } from '../../../../src/coco/dataset/comparison.ts';
import { failureOf } from '../failure-of.ts';
import { annotationOf, datasetOf, documentOf } from './dataset-of.ts';

/** Compares two documents that differ from the usual one as told. */
async function compared(a: Record<string, unknown>, b: Record<string, unknown>): Promise<Comparison> {
  return compareDatasets(await datasetOf(documentOf(a), 'a.json'), await datasetOf(documentOf(b), 'b.json'));
}

const image = (id: number, file_name: string, width = 4, height = 2) => ({ id, file_name, width, height });

describe('comparing datasets', () => {
  it('gives IoU and Dice of all pixels of a class over all frames, and the mean of the classes', async () => {
    const images = [image(1, 'a.png'), image(2, 'b.png')];
    const categories = ['tool', 'tissue', 'never'].map((name, index) => ({ id: index + 1, name }));
    const a = [
      annotationOf(1, [0, 4, 4]),
      annotationOf(2, [0, 2, 6], { image_id: 2 }),
      annotationOf(3, [6, 2], { category_id: 2 }),
    ];
    const b = [
      annotationOf(1, [2, 4, 2]),
      annotationOf(2, [0, 2, 6], { image_id: 2 }),
      annotationOf(3, [6, 2], { category_id: 2 }),
    ];
    const result = await compared({ images, categories, annotations: a }, { images, categories, annotations: b });
    // Class tool: 2 + 2 pixels in both, 4 + 2 in each; the mean of the frames' IoU would be (2/6 + 1) / 2.
    expect(result.classes[0]).toMatchObject({ pixels: { both: 4, a: 6, b: 6 }, iou: 4 / 8, dice: 8 / 12, frames: 2 });
    expect(result.classes[1]).toMatchObject({ name: 'tissue', iou: 1, dice: 1, frames: 1, equal: 1 });
    expect(result.classes[2]).toMatchObject({ name: 'never', iou: null, dice: null, frames: 0 });
    expect(result).toMatchObject({ frames: 2, meanIou: 3 / 4, meanDice: (8 / 12 + 1) / 2 });
    expect(
      result.perFrame.map(({ fileName, classes }) => [fileName, classes.map(({ name, iou }) => [name, iou])]),
    ).toEqual([
      [
        'a.png',
        [
          ['tool', 2 / 6],
          ['tissue', 1],
        ],
      ],
      ['b.png', [['tool', 1]]],
    ]);
  });

  it('takes several shapes of a class on a frame as their union, also where they overlap', async () => {
    const result = await compared(
      { annotations: [annotationOf(1, [0, 3, 5]), annotationOf(2, [1, 4, 3])] },
      { annotations: [annotationOf(9, [0, 5, 3])] },
    );
    expect(result.classes[0]).toMatchObject({ pixels: { both: 5, a: 5, b: 5 }, iou: 1 });
    expect(result.classes[0]).toMatchObject({ equal: 0, changed: 1, removed: 1, added: 0 });
  });

  it('matches categories by name and says where their ids differ', async () => {
    const result = await compared(
      {
        categories: [
          { id: 1, name: 'tool' },
          { id: 2, name: 'old' },
        ],
        annotations: [annotationOf(1, [0, 8])],
      },
      {
        categories: [
          { id: 7, name: 'tool' },
          { id: 8, name: 'new' },
        ],
        annotations: [annotationOf(1, [0, 8], { category_id: 7 })],
      },
    );
    expect(result.classes.map(({ name, idA, idB }) => [name, idA, idB])).toEqual([
      ['tool', 1, 7],
      ['old', 2, null],
      ['new', null, 8],
    ]);
    expect(result.classes[0]).toMatchObject({ iou: 1, equal: 1 });
    expect(result.otherIds).toEqual([{ name: 'tool', idA: 1, idB: 7 }]);
    expect([result.onlyInA.classes, result.onlyInB.classes]).toEqual([['old'], ['new']]);
  });

  it('counts a class that only one dataset has as removed or added, with IoU 0', async () => {
    const named = (name: string) => ({ categories: [{ id: 1, name }], annotations: [annotationOf(1, [0, 8])] });
    const { classes, meanIou } = await compared(named('old'), named('new'));
    expect(classes[0]).toMatchObject({ name: 'old', iou: 0, dice: 0, removed: 1, added: 0 });
    expect(classes[1]).toMatchObject({ name: 'new', iou: 0, dice: 0, removed: 0, added: 1 });
    expect(meanIou).toBe(0);
  });

  it('matches images by name whatever their ids, and tells which are in one only without counting them', async () => {
    const result = await compared(
      {
        images: [image(1, 'a.png'), image(2, 'sub/b.png')],
        annotations: [annotationOf(1, [0, 8]), annotationOf(2, [0, 8], { image_id: 2 })],
      },
      { images: [image(9, 'b.png'), image(5, 'a.png')], annotations: [annotationOf(1, [0, 8], { image_id: 5 })] },
    );
    expect(result).toMatchObject({ frames: 1, meanIou: 1 });
    expect(result.classes[0]).toMatchObject({ equal: 1, removed: 0 });
    expect(result.onlyInA.images).toEqual([{ fileName: 'sub/b.png', shapes: 1 }]);
    expect(result.onlyInB.images).toEqual([{ fileName: 'b.png', shapes: 0 }]);
  });

  it('matches a mask with a frame of another ending, unless that could mean several', async () => {
    const b = { images: [image(1, 'a.jpg'), image(2, 'b.jpg'), image(3, 'b.tif')] };
    const result = await compared({ images: [image(1, 'a.png'), image(2, 'b.png')] }, b);
    expect(result.otherEndings).toEqual([{ a: 'a.png', b: 'a.jpg' }]);
    expect(result.onlyInA.images.map(({ fileName }) => fileName)).toEqual(['b.png']);
    expect(result.onlyInB.images.map(({ fileName }) => fileName)).toEqual(['b.jpg', 'b.tif']);
    const exact = await compared({ images: [image(1, 'a.png'), image(2, 'a.jpg')] }, { images: [image(1, 'a.jpg')] });
    expect(exact).toMatchObject({ frames: 1, otherEndings: [], onlyInA: { images: [{ fileName: 'a.png' }] } });
  });

  it('leaves out a frame of two sizes and says so, since the others can still be compared', async () => {
    const onOther = { image_id: 2, segmentation: { size: [4, 8], counts: [0, 16, 16] } };
    const result = await compared(
      {
        images: [image(1, 'a.png'), image(2, 'b.png')],
        annotations: [annotationOf(1, [0, 8]), annotationOf(2, [0, 2, 6], { image_id: 2 })],
      },
      {
        images: [image(1, 'a.png'), image(2, 'b.png', 8, 4)],
        annotations: [annotationOf(1, [0, 8]), annotationOf(2, [], onOther)],
      },
    );
    expect(result).toMatchObject({ frames: 1, meanIou: 1, onlyInA: { images: [] }, onlyInB: { images: [] } });
    expect(result.classes[0]).toMatchObject({ frames: 1, equal: 1, changed: 0, added: 0, removed: 0 });
    expect(result.perFrame.map(({ fileName }) => fileName)).toEqual(['a.png']);
    expect(result.otherSizes).toEqual([{ fileName: 'b.png', a: [4, 2], b: [8, 4] }]);
  });

  it.each([
    ['images', { images: [image(1, 'a.png'), image(2, 'a.png')] }, 'images 1 and 2 have the same file_name a.png'],
    [
      'categories',
      { categories: [1, 2].map((id) => ({ id, name: 'x' })) },
      'categories 1 and 2 have the same name "x"',
    ],
  ])('refuses two %s of one name', async (_, b, message) => {
    const failure = await failureOf(async () => compared({}, b));
    expect(failure).toMatchObject({ code: 'InvalidDataset', facts: { file: 'b.json' } });
    expect(failure.message).toContain(message);
  });

  it('tells how far it is and ends with the reason of the signal', async () => {
    const dataset = await datasetOf(documentOf({ images: [image(1, 'a.png'), image(2, 'b.png'), image(3, 'c.png')] }));
    const controller = new AbortController();
    const seen: string[] = [];
    const onProgress = ({ done, total }: { done: number; total: number }) => {
      seen.push(`${done}/${total}`);
      if (done === 2) controller.abort(new Error('enough'));
    };
    const running = compareDatasets(dataset, dataset, { signal: controller.signal, onProgress });
    await expect(running).rejects.toThrow('enough');
    expect(seen).toEqual(['1/3', '2/3']);
  });
});
