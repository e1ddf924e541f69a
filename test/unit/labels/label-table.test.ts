import { describe, expect, it } from '@jest/globals';
import { classCounts } from '../../../src/coco/class-counts.ts';
import { labelColor } from '../../../src/labels/label-colors.ts';
import { labelIdByValue, labelTable } from '../../../src/labels/label-table.ts';

const categories = [
  { id: 7, name: 'spleen' },
  { id: 2, name: 'liver' },
];
const labels = [
  { id: 31, name: 'spleen' },
  { id: 40, name: 'unused' },
  { id: 33, name: 'liver' },
];

describe('the label table', () => {
  it('matches by name whatever the order, and is sorted by mask value', () => {
    const counts = classCounts({
      annotations: [
        {
          id: 1,
          image_id: 1,
          category_id: 7,
          area: 5,
          bbox: [0, 0, 1, 1],
          iscrowd: 0,
          segmentation: { size: [1, 1], counts: '' },
        },
        {
          id: 2,
          image_id: 1,
          category_id: 7,
          area: 6,
          bbox: [0, 0, 1, 1],
          iscrowd: 0,
          segmentation: { size: [1, 1], counts: '' },
        },
        {
          id: 3,
          image_id: 2,
          category_id: 7,
          area: 7,
          bbox: [0, 0, 1, 1],
          iscrowd: 0,
          segmentation: { size: [1, 1], counts: '' },
        },
      ],
    });
    expect(labelTable({ categories, labels, counts, modelIndexOf: new Map([[2, 1]]) })).toEqual({
      rows: [
        { value: 2, name: 'liver', labelId: 33, modelIndex: 1, frames: 0, pixels: 0 },
        { value: 7, name: 'spleen', labelId: 31, modelIndex: null, frames: 2, pixels: 18 },
      ],
      withoutCategory: ['unused'],
    });
  });

  it.each([
    ['Liver', '"liver" (but "Liver")'],
    ['liver ', '"liver" (but "liver ")'],
    ['livre', '"liver" (but "livre")'],
    ['vilre', '"liver"'],
    ['livr', '"liver" (but "livr")'],
    ['kidney', '"liver"'],
  ])('refuses %s for liver, and says so', (name, words) => {
    const table = labelTable({
      categories,
      labels: [
        { id: 31, name: 'spleen' },
        { id: 33, name },
      ],
    });
    expect(() => labelIdByValue(table)).toThrow(`The CVAT project has no label ${words}.`);
    expect(labelIdByValue(table, new Set([7]))).toEqual(new Map([[7, 31]]));
  });
});

describe('the colour of a label', () => {
  it('is a colour of its own for each of a hundred values', () => {
    const colours = Array.from({ length: 100 }, (_, index) => labelColor(index + 1));
    expect(colours.every((colour) => /^#[\da-f]{6}$/.test(colour))).toBe(true);
    expect(new Set(colours).size).toBe(100);
    expect(labelColor(1)).toBe(labelColor(1));
  });
});
