import { describe, expect, it } from '@jest/globals';
import { decodeCounts } from '../../../src/coco/rle.ts';
import { fillPolygon } from '../../../src/collect/fill-polygon.ts';
import { FILLED_POLYGONS, type FilledPolygon } from '../../kit/filled-polygons.ts';

/** Pixels in the order of pycocotools: column by column. */
function columnsOf({ width, height, points }: FilledPolygon): number[] {
  const values = new Uint8Array(width * height);
  fillPolygon({ width, height, values }, points, 1);
  return Array.from(
    { length: width * height },
    (_, at) => values[(at % height) * width + Math.floor(at / height)] ?? 9,
  );
}

function recorded({ counts }: FilledPolygon): number[] {
  return decodeCounts(counts).flatMap((run, i) => Array.from({ length: run }, () => i % 2));
}

function painted(points: readonly number[], width = 6, height = 4): string[] {
  const values = new Uint8Array(width * height);
  fillPolygon({ width, height, values }, points, 1);
  return Array.from({ length: height }, (_, row) => [...values.subarray(row * width, (row + 1) * width)].join(''));
}

describe('filling a polygon', () => {
  it('gives the pixels that pycocotools gives, for polygons of every kind', () => {
    expect(FILLED_POLYGONS.length).toBe(280);
    expect(FILLED_POLYGONS.filter((one) => recorded(one).includes(1)).length).toBeGreaterThan(200);
    for (const one of FILLED_POLYGONS)
      expect({ ...one, pixels: columnsOf(one) }).toEqual({ ...one, pixels: recorded(one) });
  });

  it('takes whole pixels between whole coordinates, and leaves out what lies outside', () => {
    expect(painted([1, 1, 4, 1, 4, 3, 1, 3])).toEqual(['000000', '011100', '011100', '000000']);
    expect(painted([-5, -5, 2, -5, 2, 1, -5, 1])).toEqual(['110000', '000000', '000000', '000000']);
    expect(painted([10, 10, 20, 10, 20, 20])).toEqual(['000000', '000000', '000000', '000000']);
  });
});
