import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../kit/seeded-properties.ts';
import { paintMask, pointsOfValue, sameRegion } from '../../../../src/sandbox/annotator/mask-shapes.ts';

const masks = fc
  .record({ width: fc.integer({ min: 1, max: 12 }), height: fc.integer({ min: 1, max: 12 }) })
  .chain(({ width, height }) =>
    fc
      .array(fc.constantFrom(0, 0, 1, 2, 400), { minLength: width * height, maxLength: width * height })
      .map((values) => ({ width, height, values: Uint16Array.from(values) })),
  );

describe('masks and the shapes they are made of', () => {
  it('are the same after a mask is cut into shapes and painted again', () => {
    fc.assert(
      fc.property(masks, (mask) => {
        const values = [1, 2, 400];
        const shapes = values.flatMap((value, id) => {
          const points = pointsOfValue(mask, value);
          return points === undefined ? [] : [{ id, z_order: 0, points, value }];
        });
        const painted = paintMask(mask, shapes, (shape) => shape.value);
        expect([...painted.values]).toEqual([...mask.values]);
        for (const value of values) expect(sameRegion(painted, mask, value)).toBe(true);
        expect(shapes.every(({ points }) => Math.min(...points) >= 0)).toBe(true);
      }),
    );
  });

  it('are painted by z-order and then by id, whatever order they come in', () => {
    const points = [0, 1, 0, 0, 0, 0];
    const top = (...shapes: { id: number; z_order: number }[]) =>
      paintMask(
        { width: 1, height: 1 },
        shapes.map((shape) => ({ ...shape, points })),
        (shape) => shape.id,
      ).values[0];
    expect(top({ id: 2, z_order: 0 }, { id: 1, z_order: 0 })).toBe(2);
    expect(top({ id: 2, z_order: 0 }, { id: 1, z_order: 1 })).toBe(1);
  });

  it('lose what lies outside the frame', () => {
    const painted = paintMask({ width: 2, height: 2 }, [{ id: 1, z_order: 0, points: [0, 9, 1, 1, 3, 3] }], () => 1);
    expect([...painted.values]).toEqual([0, 0, 0, 1]);
  });
});
