import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../kit/seeded-properties.ts';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { decodeCounts } from '../../../../src/coco/rle.ts';
import { maskPoints } from '../../../../src/sandbox/cvat/coco/mask-points.ts';

const masksSchema = z.array(
  z.object({
    case: z.string(),
    sent: z.array(
      z.object({ size: z.tuple([z.number(), z.number()]), counts: z.union([z.string(), z.array(z.number())]) }),
    ),
    stored: z.array(z.array(z.number())),
  }),
);

const file = new URL('../../../fixtures/cvat-2.73.0-masks.json', import.meta.url);
const RECORDED = masksSchema.parse(JSON.parse(readFileSync(file, 'utf8')));

/** The pixels of points, painted one by one. */
function pixelsOf(points: readonly number[], width: number): Set<number> {
  const [left = 0, top = 0, right = 0] = points.slice(-4);
  const flat = points.slice(0, -4).flatMap((run, index) => Array.from({ length: run }, () => index % 2));
  const across = right - left + 1;
  return new Set(
    flat.flatMap((value, at) => (value === 1 ? [(top + Math.floor(at / across)) * width + left + (at % across)] : [])),
  );
}

describe('how an RLE becomes the points of a mask', () => {
  it.each(RECORDED.map((one) => [one.case, one] as const))('stores what the real server stored in %s', (_name, one) => {
    const points = one.sent.map(({ size: [height, width], counts }) =>
      maskPoints({ width, height, counts: typeof counts === 'string' ? decodeCounts(counts) : counts }),
    );
    const sorted = (lists: readonly (readonly number[])[]) => lists.map((list) => list.join(' ')).toSorted();
    expect(points.length).toBeGreaterThan(0);
    expect(sorted(points)).toEqual(sorted(one.stored));
  });

  it('keeps every pixel of any region, in the tightest box', () => {
    const region = fc
      .record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) })
      .chain((size) =>
        fc.record({
          width: fc.constant(size.width),
          height: fc.constant(size.height),
          pixels: fc.array(fc.boolean(), {
            minLength: size.width * size.height,
            maxLength: size.width * size.height,
          }),
        }),
      );
    fc.assert(
      fc.property(region, ({ width, height, pixels }) => {
        const counts = [0];
        for (let x = 0; x < width; x += 1) {
          for (let y = 0; y < height; y += 1) {
            const isInside = pixels[y * width + x] === true;
            if (isInside !== (counts.length % 2 === 0)) counts.push(0);
            counts[counts.length - 1] = (counts.at(-1) ?? 0) + 1;
          }
        }
        const inside = new Set(pixels.flatMap((isInside, at) => (isInside ? [at] : [])));
        const points = maskPoints({ width, height, counts });
        if (inside.size === 0) expect(points).toEqual([1, 0, 0, 0, 0]);
        else {
          expect(pixelsOf(points, width)).toEqual(inside);
          const xs = [...inside].map((at) => at % width);
          const ys = [...inside].map((at) => Math.floor(at / width));
          expect(points.slice(-4)).toEqual([Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]);
        }
      }),
    );
  });
});
