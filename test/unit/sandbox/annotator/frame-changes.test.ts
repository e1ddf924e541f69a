import { describe, expect, it } from '@jest/globals';
import { frameChanges } from '../../../../src/sandbox/annotator/frame-changes.ts';

const FRAME = { number: 3, name: 'f.png', width: 4, height: 1 };
/** Category id → label id. */
const LABEL_OF = new Map([
  [1, 11],
  [2, 12],
  [4, 14],
]);
const shape = (id: number, label_id: number, x: number, more: object = {}) => ({
  id,
  type: 'mask',
  frame: 3,
  label_id,
  z_order: 0,
  points: [0, 1, x, 0, x, 0],
  source: 'auto',
  ...more,
});
const SHAPES = [
  shape(1, 11, 0),
  shape(2, 12, 1),
  shape(3, 12, 2),
  shape(4, 99, 3),
  shape(5, 14, 3, { type: 'polygon' }),
];

const changesTo = (...values: number[]) =>
  frameChanges(FRAME, SHAPES, LABEL_OF, (_frame, mask) => ({ ...mask, values: Uint8Array.from(values) }));

describe('what is saved after a look at a frame', () => {
  it('is nothing where nothing was changed', () => {
    expect(frameChanges(FRAME, SHAPES, LABEL_OF, (_frame, mask) => mask)).toEqual({
      create: [],
      update: [],
      remove: [],
    });
    expect(changesTo(1, 2, 2, 0)).toEqual({ create: [], update: [], remove: [] });
  });

  it('shows the rule the masks with category ids, without other shapes and labels', () => {
    const seen: unknown[] = [];
    frameChanges(FRAME, SHAPES, LABEL_OF, (frame, mask) => {
      seen.push(frame, [...mask.values]);
      return mask;
    });
    expect(seen).toEqual([{ name: 'f.png', width: 4, height: 1 }, [1, 2, 2, 0]]);
  });

  it('redraws a changed class by hand, in one shape, and leaves the others alone', () => {
    expect(changesTo(1, 2, 0, 2)).toEqual({
      create: [],
      update: [{ ...shape(2, 12, 1), points: [0, 1, 1, 1, 1, 0, 3, 0], source: 'manual' }],
      remove: [shape(3, 12, 2)],
    });
  });

  it('removes a class without pixels, and adds one that was missing', () => {
    expect(changesTo(4, 2, 2, 0)).toEqual({
      create: [{ type: 'mask', frame: 3, label_id: 14, points: [0, 1, 0, 0, 0, 0], source: 'manual' }],
      update: [],
      remove: [shape(1, 11, 0)],
    });
  });
});
