import * as fc from 'fast-check';
import { maskRuns } from '../../src/coco/mask-runs.ts';
import { encodeCounts } from '../../src/coco/rle.ts';
import { arbitraryMask } from '../../test/kit/png-arbitrary.ts';

export interface ShapeInput {
  readonly segmentation: unknown;
  readonly bbox: readonly number[];
}

/** Shapes of two datasets on one image. */
export interface ShapeCase {
  readonly width: number;
  readonly height: number;
  readonly a: readonly ShapeInput[];
  readonly b: readonly ShapeInput[];
}

const MOST_PIXELS_OUTSIDE = 12;
const NO_BOX = [0, 0, 0, 0] as const;

/** Coordinates in and around an image: whole, half, tenths, and any. */
function coordinate(side: number): fc.Arbitrary<number> {
  const range = { min: -MOST_PIXELS_OUTSIDE, max: side + MOST_PIXELS_OUTSIDE };
  const whole = fc.integer(range);
  return fc.oneof(
    whole,
    whole.map((value) => value + 0.5),
    fc.integer({ min: 10 * range.min, max: 10 * range.max }).map((tenths) => tenths / 10),
    fc.double({ ...range, noNaN: true }),
    fc.constantFrom(0, side, side - 1, side - 0.5),
  );
}

function polygons(width: number, height: number): fc.Arbitrary<ShapeInput> {
  const corner = fc.tuple(coordinate(width), coordinate(height));
  const ring = fc.array(corner, { minLength: 3, maxLength: 14 }).map((corners) => corners.flat());
  return fc.array(ring, { minLength: 1, maxLength: 3 }).map((segmentation) => ({ segmentation, bbox: NO_BOX }));
}

function boxes(width: number, height: number): fc.Arbitrary<ShapeInput> {
  const [across, down] = [width, height].map((max) => fc.double({ min: 0, max, noNaN: true }));
  return fc.tuple(coordinate(width), coordinate(height), across!, down!).map((bbox) => ({ segmentation: [], bbox }));
}

/** The classes of a random mask of this size, with run lengths packed or as a list. */
function masks(width: number, height: number): fc.Arbitrary<ShapeInput> {
  return fc.tuple(arbitraryMask(2, 30), fc.boolean()).map(([tile, packed]) => {
    const values = Uint8Array.from({ length: width * height }, (_, at) => {
      const [x, y] = [at % width, Math.floor(at / width)];
      return tile.values[(y % tile.height) * tile.width + (x % tile.width)] ?? 0;
    });
    const runs = maskRuns({ width, height, values })[0]?.runs ?? Uint32Array.of(width * height);
    const counts = packed ? encodeCounts(runs) : [...runs];
    return { segmentation: { size: [height, width], counts }, bbox: NO_BOX };
  });
}

/** Random shapes of every kind that a dataset may hold, on images of up to 60 × 60 pixels. */
export function shapeCases(seed: number, cases: number): ShapeCase[] {
  const side = fc.integer({ min: 1, max: 60 });
  const arbitrary = fc.tuple(side, side).chain(([width, height]) => {
    const shape = fc.oneof(polygons(width, height), boxes(width, height), masks(width, height));
    const shapes = fc.array(shape, { minLength: 1, maxLength: 4 });
    return fc.record({ width: fc.constant(width), height: fc.constant(height), a: shapes, b: shapes });
  });
  return fc.sample(arbitrary, { seed, numRuns: cases });
}
