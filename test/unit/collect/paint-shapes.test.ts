import { describe, expect, it } from '@jest/globals';
import { isMaskloopError, type MaskloopError } from '../../../src/contracts/error.ts';
import type { Shape } from '../../../src/cvat/cvat.ts';
import { paintShapes } from '../../../src/collect/paint-shapes.ts';

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

  it('turns a rectangle clockwise around its middle', () => {
    // As pycocotools fills the polygon of the turned corners, which NumPy gave; likewise the ellipses below.
    expect(painted([shape({ type: 'rectangle', points: [10, 10, 40, 30], rotation: 30 })], 96, 64).painted).toBe(603);
    const upright = painted([shape({ ...BOX, points: [2, 1, 4, 3], rotation: 90 })]);
    expect(upright).toEqual(painted([shape({ ...BOX, points: [2, 1, 4, 3] })]));
  });

  it('takes the pixels of an ellipse whose centres lie in it, turned clockwise', () => {
    const pixels = (points: number[], rotation: number): number[] => {
      const { values } = painted([shape({ type: 'ellipse', points, rotation })], 96, 64);
      return values.flatMap((value, at) => (value === 0 ? [] : [at]));
    };
    expect(pixels([30, 20, 45, 10], 0)).toHaveLength(476);
    expect(pixels([30.3, 20.7, 44.8, 14.45], 40)).toHaveLength(286);
    const turned = pixels([40, 30, 60, 28], 45).map((at) => [(at % 96) - 40, Math.floor(at / 96) - 30] as const);
    // Clockwise on a screen, whose y points down: from the upper left to the lower right.
    expect(turned.some(([x, y]) => x > 10 && y > 10)).toBe(true);
    expect(turned.some(([x, y]) => x > 10 && y < -10)).toBe(false);
  });

  it('counts the pixels of each shape, and those on which classes compete', () => {
    const low = shape({ type: 'rectangle', points: [0, 0, 3, 2], id: 1, labelId: 1 });
    const same = shape({ type: 'rectangle', points: [1, 0, 4, 2], id: 2, labelId: 1 });
    const other = shape({ type: 'rectangle', points: [2, 1, 6, 4], id: 3, labelId: 2 });
    const { overlapping, shapes } = paintShapes({
      width: 6,
      height: 4,
      shapes: [other, same, low],
      valueOf: (labelId) => labelId,
      where: 'case_1.png',
    });
    expect(overlapping).toBe(2);
    expect(shapes.map((one) => [one.shape.id, one.pixels])).toEqual([
      [1, 6],
      [2, 6],
      [3, 12],
    ]);
  });

  it.each<[string, Partial<Shape>]>([
    ['a polyline', { type: 'polyline', points: [1, 1, 2, 2] }],
    ['points', { type: 'points', points: [1, 1] }],
    ['a skeleton', { type: 'skeleton' }],
    ['a cuboid', { type: 'cuboid', points: Array.from({ length: 16 }, () => 1) }],
  ])('gives %s back as something without pixels, whose label is not asked for', (_, one) => {
    const refuse = (): number => {
      throw new Error('asked for the label');
    };
    const lone = shape(one);
    const result = paintShapes({ width: 6, height: 4, shapes: [lone], valueOf: refuse, where: 'case_1.png' });
    expect(result).toMatchObject({ painted: 0, shapes: [], withoutArea: [lone] });
  });
});

describe('what cannot become a mask', () => {
  it.each<[string, Partial<Shape>, string]>([
    ['a polygon of two corners', { points: [1, 1, 2, 2] }, '4 numbers are no polygon'],
    ['a polygon with half a corner', { points: [1, 1, 2, 2, 3, 3, 4] }, '7 numbers are no polygon'],
    ['a rectangle with three corners', { type: 'rectangle', points: [1, 1, 2, 2, 3, 3] }, '6 numbers are no rectangle'],
    ['an ellipse of three numbers', { type: 'ellipse', points: [3, 2, 4] }, '3 numbers are no ellipse'],
    ['a mask outside the frame', { type: 'mask', points: [0, 4, 5, 3, 6, 4] }, 'does not lie in the frame'],
    ['a mask that does not fill its box', { type: 'mask', points: [0, 3, 0, 0, 1, 1] }, 'the runs cover 3'],
  ])('names %s', (_, one, problem) => {
    const error = failure({ id: 77, frame: 5, ...one });
    expect(error.code).toBe('UnsupportedShape');
    expect(error.facts).toMatchObject({ name: 'case_1.png', frame: 5, shape: 77, type: one.type ?? 'polygon' });
    expect(error.message).toContain(problem);
  });
});
