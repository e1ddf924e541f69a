import { describe, expect, it } from '@jest/globals';
import { matchShapes } from '../../../../src/coco/dataset/match-shapes.ts';

/** Runs of a shape drawn as one column of pixels. */
function shape(drawn: string): number[] {
  return (drawn.match(/^#|\.+|#+/g) ?? []).reduce<number[]>(
    (runs, part, index) => (index === 0 && part.startsWith('#') ? [0] : [...runs, part.length]),
    [],
  );
}

/** The same, for shapes that begin with background. */
const shapes = (...drawn: string[]) => drawn.map((text) => shape(`.${text}`));

describe('matchShapes', () => {
  it('finds equal shapes in any order', () => {
    expect(matchShapes(shapes('##...', '...##'), shapes('...##', '##...'))).toEqual({
      equal: 2,
      changed: 0,
      added: 0,
      removed: 0,
    });
  });

  it('takes a shape that was moved a little for changed, and one without a common pixel for removed and added', () => {
    expect(matchShapes(shapes('##...'), shapes('.##..'))).toEqual({ equal: 0, changed: 1, added: 0, removed: 0 });
    expect(matchShapes(shapes('##...'), shapes('..##.'))).toEqual({ equal: 0, changed: 0, added: 1, removed: 1 });
  });

  it('gives a shape to the counterpart that it shares most with, not to the first that it touches', () => {
    // The first of A touches both of B; the second of B is the same.
    expect(matchShapes(shapes('.####'), shapes('##...', '.####'))).toEqual({
      equal: 1,
      changed: 0,
      added: 1,
      removed: 0,
    });
    expect(matchShapes(shapes('##...', '.####'), shapes('.####'))).toEqual({
      equal: 1,
      changed: 0,
      added: 0,
      removed: 1,
    });
  });

  it('uses a shape once: two that became one are one changed and one removed', () => {
    expect(matchShapes(shapes('##...', '...##'), shapes('#####'))).toEqual({
      equal: 0,
      changed: 1,
      added: 0,
      removed: 1,
    });
  });

  it('takes equal pixels for equal shapes, however their runs are cut', () => {
    expect(matchShapes([[1, 1, 0, 1, 2]], [[1, 2, 2]])).toMatchObject({ equal: 1, changed: 0 });
  });

  it('pairs shapes without pixels with each other only', () => {
    expect(matchShapes(shapes('.....', '##...'), shapes('.....', '.....'))).toEqual({
      equal: 1,
      changed: 0,
      added: 1,
      removed: 1,
    });
  });
});
