import { describe, expect, it } from '@jest/globals';
import { decodeCounts } from '../../../../src/coco/rle.ts';
import { rasterize } from '../../../../src/sandbox/cvat/export/rasterize.ts';
import { FILLED_POLYGONS } from '../../../kit/filled-polygons.ts';

describe('the stand-in', () => {
  it('fills polygons as pycocotools does, which the exports of CVAT use', () => {
    const shared = {
      id: 1,
      frame: 0,
      label_id: 1,
      group: 0,
      source: 'file',
      score: 1,
      occluded: false,
      outside: false,
    };
    for (const { width, height, points, counts } of FILLED_POLYGONS) {
      const shape = { ...shared, type: 'polygon', points, z_order: 0, rotation: 0, attributes: [], elements: [] };
      const pixels = rasterize(shape, { width, height })?.pixels ?? new Uint8Array();
      const columns = Array.from(pixels, (_, at) => pixels[(at % height) * width + Math.floor(at / height)]);
      const wanted = decodeCounts(counts).flatMap((run, i) => Array.from({ length: run }, () => i % 2));
      expect({ points, columns }).toEqual({ points, columns: wanted });
    }
  });
});
