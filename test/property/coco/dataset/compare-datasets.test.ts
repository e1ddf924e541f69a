import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../kit/seeded-properties.ts';
import { compareDatasets } from '../../../../src/coco/dataset/compare-datasets.ts';
import { encodeCounts } from '../../../../src/coco/rle.ts';
import { datasetOf } from '../../../unit/coco/dataset/dataset-of.ts';

/** A shape as one bit a pixel, column by column, and how its document tells it. */
interface Drawn {
  readonly category: number;
  readonly bits: readonly boolean[];
  readonly packed: boolean;
}

const SIDE = fc.integer({ min: 1, max: 9 });

/** The shapes of one frame in two datasets: several of a class, overlapping or not, some without pixels. */
const frame = fc.tuple(SIDE, SIDE).chain(([width, height]) => {
  const bits = fc.array(fc.boolean(), { minLength: width * height, maxLength: width * height });
  const shape = fc.record<Drawn>({ category: fc.integer({ min: 1, max: 3 }), bits, packed: fc.boolean() });
  const shapes = fc.array(shape, { maxLength: 5 });
  return fc.record({ width: fc.constant(width), height: fc.constant(height), a: shapes, b: shapes });
});
type Frame = typeof frame extends fc.Arbitrary<infer T> ? T : never;

function runsOf(bits: readonly boolean[]): number[] {
  const runs = [0];
  for (const bit of bits) {
    if (bit !== (runs.length % 2 === 0)) runs.push(0);
    runs[runs.length - 1]! += 1;
  }
  return runs;
}

async function dataset(frames: readonly Frame[], of: 'a' | 'b') {
  return datasetOf({
    images: frames.map(({ width, height }, index) => ({ id: index, file_name: `${index}.png`, width, height })),
    annotations: frames.flatMap((shapes, index) =>
      shapes[of].map(({ category, bits, packed }, nth) => {
        const counts = packed ? encodeCounts(runsOf(bits)) : runsOf(bits);
        const segmentation = { size: [shapes.height, shapes.width], counts };
        return { id: 100 * index + nth, image_id: index, category_id: category, segmentation };
      }),
    ),
    categories: [1, 2, 3].map((id) => ({ id, name: `class ${id}` })),
  });
}

/** Counts pixel by pixel. */
function counted(frames: readonly Frame[], category: number) {
  const pixels = { both: 0, a: 0, b: 0 };
  for (const { width, height, a, b } of frames) {
    for (let at = 0; at < width * height; at += 1) {
      const has = (shapes: readonly Drawn[]) => shapes.some((shape) => shape.category === category && shape.bits[at]);
      const [inA, inB] = [has(a), has(b)];
      if (inA) pixels.a += 1;
      if (inB) pixels.b += 1;
      if (inA && inB) pixels.both += 1;
    }
  }
  return pixels;
}

describe('compareDatasets', () => {
  it('gives the IoU and Dice of a pixel count, and accounts for every shape', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { maxLength: 4 }), async (frames) => {
        const { classes } = await compareDatasets(await dataset(frames, 'a'), await dataset(frames, 'b'));
        for (const [index, found] of classes.entries()) {
          const { both, a, b } = counted(frames, index + 1);
          expect(found.pixels).toEqual({ both, a, b });
          expect(found.iou).toBe(a + b === 0 ? null : both / (a + b - both));
          expect(found.dice).toBe(a + b === 0 ? null : (2 * both) / (a + b));
          const shapes = (of: 'a' | 'b') =>
            frames.flatMap((one) => one[of]).filter(({ category }) => category === index + 1);
          expect(found.equal + found.changed + found.removed).toBe(shapes('a').length);
          expect(found.equal + found.changed + found.added).toBe(shapes('b').length);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('finds nothing changed between a dataset and itself with its shapes in another order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { maxLength: 4 }), async (frames) => {
        const turned = frames.map((one) => ({ ...one, b: one.a.toReversed() }));
        const { classes } = await compareDatasets(await dataset(turned, 'a'), await dataset(turned, 'b'));
        expect(classes.map(({ changed, added, removed }) => changed + added + removed)).toEqual([0, 0, 0]);
        expect(classes.every(({ iou }) => iou === 1 || iou === null)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
