import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { decodeDataset, type DecodingOptions } from '../../../../src/coco/decode/decode-dataset.ts';
import { readMask } from '../../../../src/coco/read-mask.ts';
import { annotationOf, datasetOf, documentOf } from '../dataset/dataset-of.ts';
import { failureOf } from '../failure-of.ts';
import { contents, withFolder } from '../folder.ts';

const categories = [1, 2].map((id) => ({ id, name: `class ${id}` }));
const annotations = [annotationOf(1, [1, 3, 4]), annotationOf(2, [5, 1, 2], { category_id: 2 })];

async function decode(outDir: string, rules: NonNullable<DecodingOptions['rules']>) {
  return decodeDataset(await datasetOf(documentOf({ categories, annotations })), { outDir, rules });
}

/** The values of the 4 × 2 pixels, row by row. */
async function pixels(rules: NonNullable<DecodingOptions['rules']>) {
  return withFolder({}, async (dir) => {
    const { bitDepth } = await decode(dir, rules);
    const { values } = readMask(await readFile(join(dir, 'a.png')), 'a.png');
    return { bitDepth, values: [...values] };
  });
}

describe('decoding by the rules by which masks were converted', () => {
  it.each([
    ['ids without any', [], [], 8, [0, 1, 0, 0, 1, 1, 2, 0]],
    ['the value that was mapped', [[255, 1]], [], 8, [0, 255, 0, 0, 255, 255, 2, 0]],
    [
      'the first of several',
      [
        [9, 1],
        [255, 1],
      ],
      [],
      8,
      [0, 9, 0, 0, 9, 9, 2, 0],
    ],
    [
      'an inverted mask',
      [
        [0, 1],
        [255, 0],
      ],
      [],
      8,
      [255, 0, 255, 255, 0, 0, 2, 255],
    ],
    [
      'values that changed places',
      [
        [1, 2],
        [2, 1],
      ],
      [],
      8,
      [0, 2, 0, 0, 2, 2, 1, 0],
    ],
    ['background as 0 where other values count as it too', [[7, 0]], [], 8, [0, 1, 0, 0, 1, 1, 2, 0]],
    ['16 bits for a value above 255', [[300, 2]], [], 16, [0, 1, 0, 0, 1, 1, 300, 0]],
    ['nothing in an ignored value', [[9, 1]], [1], 8, [0, 9, 0, 0, 9, 9, 2, 0]],
  ] as const)('paints %s', async (_, values, ignore, bitDepth, expected) => {
    expect(await pixels({ values, ignore })).toEqual({ bitDepth, values: expected });
  });

  it.each([
    ['a category that is mapped away', [[1, 2]], [], 1, 'category 1, which the masks need: 1 itself is mapped to 2'],
    ['a category that is ignored', [], [2], 2, 'category 2, which the masks need: 2 itself is ignored'],
    ['background that is mapped away', [[0, 1]], [], 0, 'background, which the masks need: 0 itself is mapped to 1'],
    ['a target that the document does not declare', [[255, 9]], [], 255, 'is mapped to 9, which no category declares'],
    ['a value that is named twice', [[7, 1]], [7], 7, 'mapped or ignored twice'],
  ] as const)('refuses %s before it writes anything', async (_, values, ignore, value, problem) => {
    await withFolder({}, async (dir) => {
      const failure = await failureOf(() => decode(join(dir, 'masks'), { values, ignore }));
      expect(failure).toMatchObject({ code: 'InvalidValueMap', facts: { value } });
      expect(failure.message).toContain(problem);
      expect(await contents(dir)).toEqual([]);
    });
  });
});
