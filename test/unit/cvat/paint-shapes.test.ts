import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isMaskloopError, type MaskloopError } from '../../../src/contracts/error.ts';
import type { Shape } from '../../../src/cvat/cvat.ts';
import { paintShapes } from '../../../src/cvat/paint-shapes.ts';

function shape(more: Partial<Shape>): Shape {
  return {
    id: 1,
    type: 'polygon',
    labelId: 1,
    frame: 0,
    points: [],
    zOrder: 0,
    rotation: 0,
    group: 0,
    source: 'manual',
    ...more,
  };
}

function painted(shapes: readonly Shape[], width = 6, height = 4): { values: number[]; painted: number } {
  const result = paintShapes({ width, height, shapes, valueOf: (labelId) => labelId * 10, where: 'case_1.png' });
  return { values: [...result.values], painted: result.painted };
}

function failure(one: Partial<Shape>): MaskloopError {
  try {
    painted([shape(one)]);
  } catch (error) {
    if (isMaskloopError(error)) return error;
  }
  throw new Error('expected a failure');
}

/** Ray casting pixel by pixel, as an independent reading of the even-odd rule. */
function inside(points: readonly number[], x: number, y: number): boolean {
  let odd = false;
  for (let i = 0; i < points.length; i += 2) {
    const j = (i + points.length - 2) % points.length;
    const [xi, yi, xj, yj] = [points[i] ?? 0, points[i + 1] ?? 0, points[j] ?? 0, points[j + 1] ?? 0];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
  }
  return odd;
}

const BOX = { type: 'rectangle', points: [1, 1, 4, 3] } as const;

describe('painting', () => {
  it('fills an upright rectangle up to its edges', () => {
    expect(painted([shape(BOX)])).toEqual({
      values: [0, 0, 0, 0, 0, 0, 0, 10, 10, 10, 0, 0, 0, 10, 10, 10, 0, 0, 0, 0, 0, 0, 0, 0],
      painted: 6,
    });
  });

  it('fills a polygon like a rectangle of the same corners, and takes a full turn for none', () => {
    const corners = [1, 1, 4, 1, 4, 3, 1, 3];
    expect(painted([shape({ points: corners })])).toEqual(painted([shape({ ...BOX, rotation: 360 })]));
  });

  it('takes a pixel whose centre lies on a left or upper edge, and leaves one on a right or lower edge', () => {
    const { values, painted: pixels } = painted([shape({ type: 'rectangle', points: [0.5, 0.5, 2.5, 2.5] })]);
    expect(values.slice(0, 3)).toEqual([10, 10, 0]);
    expect(values.slice(12, 15)).toEqual([0, 0, 0]);
    expect(pixels).toBe(4);
  });

  it('leaves out what lies outside the frame', () => {
    expect(painted([shape({ type: 'rectangle', points: [-5, -5, 2, 1] })]).painted).toBe(2);
    expect(painted([shape({ type: 'rectangle', points: [-5, -5, 50, 50] })]).painted).toBe(24);
    expect(painted([shape({ type: 'rectangle', points: [10, 10, 20, 20] })]).painted).toBe(0);
  });

  it('lets higher z-order lie on top, then higher id, whatever the order of the list', () => {
    const low = shape({ ...BOX, id: 9, labelId: 1, zOrder: 0 });
    const late = shape({ ...BOX, id: 2, labelId: 2, zOrder: 1 });
    const top = shape({ ...BOX, id: 3, labelId: 3, zOrder: 1 });
    for (const order of [
      [low, late, top],
      [top, late, low],
      [late, top, low],
    ]) {
      expect(painted(order).values[7]).toBe(30);
    }
  });

  it('paints masks pixel by pixel between other shapes', () => {
    const mask = shape({ type: 'mask', id: 2, labelId: 2, points: [0, 1, 1, 2, 1, 1, 2, 2] });
    expect(painted([mask, shape(BOX)]).values.slice(6, 17)).toEqual([0, 20, 10, 10, 0, 0, 0, 20, 20, 10, 0]);
  });

  it('agrees with ray casting on any polygon, also one that crosses itself', () => {
    const coordinate = fc.integer({ min: -40, max: 160 }).map((tenths) => tenths / 10 + 0.013);
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 9 }), (corners) => {
        const points = corners.flat();
        const { values } = painted([shape({ points })], 12, 12);
        const expected = Array.from({ length: 144 }, (_, i) =>
          inside(points, (i % 12) + 0.5, Math.floor(i / 12) + 0.5) ? 10 : 0,
        );
        expect(values).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('gives each pixel to exactly one of two polygons that share an edge, also through pixel centres', () => {
    const half = fc.integer({ min: 0, max: 16 }).map((steps) => steps / 2);
    fc.assert(
      fc.property(half, half, (top, bottom) => {
        const left = shape({ points: [0, 0, top, 0, bottom, 8, 0, 8] });
        const right = shape({ points: [top, 0, 8, 0, 8, 8, bottom, 8] });
        expect(painted([left], 8, 8).painted + painted([right], 8, 8).painted).toBe(64);
        expect(painted([left, right], 8, 8).painted).toBe(64);
      }),
    );
  });
});

describe('what cannot become a mask', () => {
  it.each<[string, Partial<Shape>, string]>([
    ['a rotated rectangle', { ...BOX, rotation: 30 }, 'rotated by 30°'],
    ['an ellipse', { type: 'ellipse', points: [3, 2, 4, 1] }, 'no area'],
    ['a polyline', { type: 'polyline', points: [1, 1, 2, 2] }, 'no area'],
    ['points', { type: 'points', points: [1, 1] }, 'no area'],
    ['a skeleton', { type: 'skeleton' }, 'no area'],
    ['a cuboid', { type: 'cuboid', points: Array.from({ length: 16 }, () => 1) }, 'no area'],
    ['a polygon of two corners', { points: [1, 1, 2, 2] }, '4 numbers are no polygon'],
    ['a polygon with half a corner', { points: [1, 1, 2, 2, 3, 3, 4] }, '7 numbers are no polygon'],
    ['a rectangle with three corners', { type: 'rectangle', points: [1, 1, 2, 2, 3, 3] }, '6 numbers are no rectangle'],
    ['a mask outside the frame', { type: 'mask', points: [0, 4, 5, 3, 6, 4] }, 'does not lie in the frame'],
    ['a mask that does not fill its box', { type: 'mask', points: [0, 3, 0, 0, 1, 1] }, 'the runs cover 3'],
  ])('names %s', (_, one, problem) => {
    const error = failure({ id: 77, frame: 5, ...one });
    expect(error.code).toBe('UnsupportedShape');
    expect(error.facts).toMatchObject({ name: 'case_1.png', frame: 5, shape: 77, type: one.type ?? 'polygon' });
    expect(error.message).toContain(problem);
  });
});
