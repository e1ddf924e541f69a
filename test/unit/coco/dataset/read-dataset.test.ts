import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { parseDataset, readDataset } from '../../../../src/coco/dataset/read-dataset.ts';
import { shapeRuns } from '../../../../src/coco/dataset/shape-runs.ts';
import { failureOf } from '../failure-of.ts';
import { withFolder } from '../folder.ts';
import { annotationOf, datasetOf, documentOf } from './dataset-of.ts';

/** The pixels of the only shape, column by column. */
async function pixelsOf(annotation: Record<string, unknown>, width = 4, height = 2): Promise<string> {
  const images = [{ id: 1, file_name: 'a.png', width, height }];
  const dataset = await datasetOf(documentOf({ images, annotations: [annotation] }));
  const runs = Array.from(shapeRuns(dataset.shapes.get(1)![0]!, dataset.images[0]!, 'a.json'));
  return runs.map((run, index) => (index % 2 === 0 ? '.' : '#').repeat(run)).join('');
}

const SHAPE = { id: 1, image_id: 1, category_id: 1 };

describe('reading a dataset', () => {
  it('takes run lengths as a list and packed, whatever iscrowd is and however much else there is', async () => {
    const extra = { iscrowd: 1, area: 3.5, bbox: [0.5, 0, 2, 2.25], score: 0.9, attributes: { occluded: false } };
    expect(await pixelsOf({ ...annotationOf(1, [1, 3, 4]), ...extra })).toBe('.###....');
    expect(await pixelsOf({ ...SHAPE, segmentation: { size: [2, 4], counts: '134' } })).toBe('.###....');
    expect(await pixelsOf({ ...SHAPE, segmentation: { size: [2, 4], counts: [0, 0, 1, 3, 0, 0, 4] } })).toBe(
      '.###....',
    );
  });

  it('takes polygons, several as their union, and a box where there is no segmentation', async () => {
    const [left, right] = [
      [0, 0, 1, 0, 1, 2, 0, 2],
      [3, 0, 4, 0, 4, 2, 3, 2],
    ];
    expect(await pixelsOf({ ...SHAPE, segmentation: [left, right] })).toBe('##....##');
    for (const segmentation of [[], null, undefined]) {
      expect(await pixelsOf({ ...SHAPE, segmentation, bbox: [1.0, 0.0, 2.0, 1.0] })).toBe('..#.#...');
    }
  });

  it('turns a box about its middle as CVAT says, clockwise', async () => {
    const box = { ...SHAPE, segmentation: [], bbox: [1, 2, 4, 2] };
    const turned = await pixelsOf({ ...box, attributes: { rotation: 90 } }, 6, 6);
    expect(turned).toBe(await pixelsOf({ ...box, bbox: [2, 1, 2, 4] }, 6, 6));
    expect(await pixelsOf({ ...box, attributes: { rotation: 45 } }, 6, 6)).not.toBe(turned);
    const [slight, other] = [20, -20].map((rotation) => pixelsOf({ ...box, attributes: { rotation } }, 6, 6));
    // Turned clockwise the left end rises: the first column with pixels begins above the last one.
    expect((await slight)!.indexOf('#') % 6).toBeLessThan((await slight)!.lastIndexOf('#') % 6);
    expect((await other)!.indexOf('#') % 6).toBeGreaterThanOrEqual((await slight)!.indexOf('#') % 6);
  });

  it('takes members in any order, a byte order mark, and documents without any shape', async () => {
    const text = JSON.stringify(
      Object.fromEntries(Object.entries(documentOf({ annotations: [annotationOf(7, [8])] })).toReversed()),
    );
    const dataset = await parseDataset(Buffer.from(`\uFEFF${text}`), 'a.json');
    expect(dataset.shapes.get(1)).toMatchObject([{ id: 7, categoryId: 1 }]);
    expect((await datasetOf({ images: [], annotations: [], categories: [] })).shapes.size).toBe(0);
  });

  it('unpacks gzip, and says what to do with an archive', async () => {
    const packed = gzipSync(JSON.stringify(documentOf()));
    const files = { 'a.json.gz': packed, 'cut.json.gz': packed.subarray(0, 40), 'export.zip': 'PK\u0003\u0004…' };
    await withFolder(files, async (dir) => {
      expect((await readDataset(`${dir}/a.json.gz`)).images).toMatchObject([{ fileName: 'a.png' }]);
      const cut = await failureOf(async () => readDataset(`${dir}/cut.json.gz`));
      expect(cut).toMatchObject({ code: 'InvalidDataset', facts: { problem: 'Z_BUF_ERROR' } });
      const archive = await failureOf(async () => readDataset(`${dir}/export.zip`));
      expect(archive).toMatchObject({ code: 'InvalidDataset' });
      expect(archive.message).toContain('ZIP archive: unpack it');
    });
  });

  it('names a file that is not there, and stops when it is told to', async () => {
    await withFolder({ 'a.json': JSON.stringify(documentOf()) }, async (dir) => {
      expect(await failureOf(async () => readDataset(`${dir}/b.json`))).toMatchObject({ code: 'UnreadableFile' });
      const controller = new AbortController();
      controller.abort(new Error('enough'));
      await expect(readDataset(`${dir}/a.json`, controller.signal)).rejects.toThrow('enough');
      expect((await readDataset(`${dir}/a.json`)).where).toBe(`${dir}/a.json`);
    });
  });
});

describe('a document that cannot be used', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['no images', { images: undefined }, 'images: it is missing'],
    ['no annotations', { annotations: undefined }, 'annotations: it is missing'],
    ['categories that are no list', { categories: {} }, 'categories: it must be a list'],
    ['an image without a name', { images: [{ id: 1, width: 4, height: 2 }] }, 'images[0].file_name'],
    ['an image without a size', { images: [{ id: 1, file_name: 'a' }] }, 'images[0].width'],
    [
      'an image twice',
      { images: [1, 1].map((id) => ({ id, file_name: 'a', width: 1, height: 1 })) },
      'images[1]: another',
    ],
    [
      'a category twice',
      { categories: [1, 1].map((id) => ({ id, name: 'x' })) },
      'categories[1]: another one has the id 1',
    ],
    ['an annotation twice', { annotations: [1, 1].map((id) => annotationOf(id, [8])) }, 'annotation 1: another'],
    ['an unknown image', { annotations: [annotationOf(5, [8], { image_id: 3 })] }, 'annotation 5: it is of image 3'],
    [
      'an unknown category',
      { annotations: [annotationOf(5, [8], { category_id: 3 })] },
      'it is of category 3, which is missing',
    ],
    ['an annotation that is none', { annotations: [annotationOf(1, [8]), 4] }, 'annotations[1]: '],
    [
      'counts of another kind',
      { annotations: [{ ...SHAPE, segmentation: { size: [2, 4], counts: 8 } }] },
      'annotations[0].segmentation.counts: counts are neither',
    ],
    [
      'a size of one number',
      { annotations: [{ ...SHAPE, segmentation: { size: [2], counts: '8' } }] },
      'annotations[0].segmentation.size',
    ],
    [
      'a flat polygon',
      { annotations: [{ ...SHAPE, segmentation: [0, 0, 1, 1, 2, 2] }] },
      'annotations[0].segmentation.0',
    ],
    [
      'a polygon of two corners',
      { annotations: [{ ...SHAPE, segmentation: [[0, 0, 1, 1]] }] },
      '4 numbers are no polygon',
    ],
    [
      'half a corner',
      { annotations: [{ ...SHAPE, segmentation: [[0, 0, 1, 1, 2, 2, 3]] }] },
      '7 numbers are no polygon',
    ],
    [
      'a corner at no place',
      { annotations: [{ ...SHAPE, segmentation: [[0, 0, 1e300, 0, 1, 1]] }] },
      'annotations[0].segmentation.0.2: Too big',
    ],
    [
      'more pixels than can be counted',
      { images: [{ id: 1, file_name: 'a', width: 1e6, height: 1e6 }] },
      'images[0]: 1000000 × 1000000 pixels',
    ],
    ['no segmentation and no box', { annotations: [SHAPE] }, 'annotations[0].segmentation: it is empty'],
    ['a box of three numbers', { annotations: [{ ...SHAPE, bbox: [1, 2, 3] }] }, 'annotations[0].bbox'],
  ])('is named: %s', async (_, changes, message) => {
    const failure = await failureOf(async () => datasetOf(documentOf(changes)));
    expect(failure).toMatchObject({ code: 'InvalidDataset', facts: { file: 'a.json' } });
    expect(failure.message).toMatch(/^a\.json cannot be used: /);
    expect(failure.message).toContain(message);
  });

  it.each([
    ['nothing', ''],
    ['a list', '[]'],
    ['one that ends early', '{"images": [{"id": 1'],
    ['one that ends in a name', '{"images'],
    ['one without commas', '{"info": [1 2]}'],
    ['one with a comma too many', '{"info": [1,]}'],
    ['one with something behind it', '{} {}'],
    ['a name that is no text', '{1: 2}'],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
  ])('is named with the place: %s', async (_, content) => {
    const failure = await failureOf(async () => parseDataset(Buffer.from(content), 'a.json'));
    expect(failure).toMatchObject({ code: 'InvalidDataset', facts: { file: 'a.json', byte: expect.any(Number) } });
  });

  it('is named where a member comes twice, since readers disagree on which one counts', async () => {
    const failure = await failureOf(async () => parseDataset(Buffer.from('{"images": [], "images": []}'), 'a.json'));
    expect(failure.message).toContain('two members "images"');
  });

  it.each([
    ['another size', { size: [4, 2], counts: [8] }, 'its size is 4 × 2, that of its image 2 × 4'],
    ['too few pixels', { size: [2, 4], counts: [1, 2] }, 'its runs cover 3 of 8 pixels'],
    ['too many pixels', { size: [2, 4], counts: '181' }, 'its runs cover 10 of 8 pixels'],
    ['foreign characters', { size: [2, 4], counts: 'é' }, 'invalid'],
  ])('is named where runs do not describe the image: %s', async (_, segmentation, message) => {
    const failure = await failureOf(async () => pixelsOf({ ...SHAPE, id: 42, segmentation }));
    expect(failure).toMatchObject({ code: 'InvalidRle', facts: { file: 'a.json', annotation: 42, image: 'a.png' } });
    expect(failure.message).toContain(message);
  });
});
