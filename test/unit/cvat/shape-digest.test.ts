import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { shapeDigest } from '../../../src/cvat/shape-digest.ts';

const shape = fc.record({
  frame: fc.nat(20),
  labelId: fc.nat(20),
  type: fc.constantFrom('mask', 'polygon'),
  points: fc.array(fc.oneof(fc.nat(200), fc.double({ noNaN: true })), { maxLength: 12 }),
});
const one = { frame: 1, labelId: 2, type: 'mask', points: [0, 4, 1, 1, 2, 2] };

describe('digest of shapes', () => {
  it('is the same in any order', () => {
    fc.assert(
      fc.property(
        fc
          .array(shape)
          .chain((shapes) => fc.tuple(fc.constant(shapes), fc.shuffledSubarray(shapes, { minLength: shapes.length }))),
        ([a, b]) => {
          expect(shapeDigest(a)).toBe(shapeDigest(b));
        },
      ),
    );
  });

  it('is the same for a list and a typed array, and for whole numbers however they are written', () => {
    expect(shapeDigest([{ ...one, points: Float64Array.from(one.points) }])).toBe(shapeDigest([one]));
    expect(shapeDigest([{ ...one, points: JSON.parse('[0.0, 4.0, 1, 1, 2, 2]') as number[] }])).toBe(
      shapeDigest([one]),
    );
  });

  it.each([
    { frame: 2 },
    { labelId: 1 },
    { type: 'polygon' },
    { points: [0, 4, 1, 1, 2, 3] },
    { points: [0, 41, 1, 2, 2] },
    { points: [] },
  ])('changes with %j', (change) => {
    expect(shapeDigest([{ ...one, ...change }])).not.toBe(shapeDigest([one]));
  });

  it('counts equal shapes as often as they occur', () => {
    expect(shapeDigest([one, one])).not.toBe(shapeDigest([one]));
    expect(shapeDigest([])).toMatch(/^[\da-f]{64}$/);
  });

  it('takes any iterable', () => {
    expect(shapeDigest(new Set([one]).values())).toBe(shapeDigest([one]));
  });
});
