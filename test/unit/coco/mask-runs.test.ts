import { describe, expect, it } from '@jest/globals';
import { columnMajorChanges } from '../../../src/coco/changes.ts';
import { maskRuns } from '../../../src/coco/mask-runs.ts';
import { RunEmitter } from '../../../src/coco/run-emitter.ts';
import type { Mask } from '../../../src/coco/mask.ts';
import { failureOf } from './failure-of.ts';
import { maskOf } from './mask-of.ts';

function plain(mask: Mask) {
  return maskRuns(mask).map(({ value, runs, area, bbox }) => ({ value, runs: [...runs], area, bbox }));
}

describe('maskRuns', () => {
  it('reads columns from top to bottom, background first', () => {
    expect(plain(maskOf('0 5 0', '0 5 5'))).toEqual([{ value: 5, runs: [2, 2, 1, 1], area: 3, bbox: [1, 0, 2, 2] }]);
  });

  it('begins with an empty background run where the first pixel belongs to the class', () => {
    expect(plain(maskOf('5 0', '0 0'))).toEqual([{ value: 5, runs: [0, 1, 3], area: 1, bbox: [0, 0, 1, 1] }]);
  });

  it('leaves out a trailing background run of no length', () => {
    expect(plain(maskOf('0 0', '0 5'))).toEqual([{ value: 5, runs: [3, 1], area: 1, bbox: [1, 1, 1, 1] }]);
  });

  it('joins a run that goes on from the bottom of a column to the top of the next, and widens its box to full height', () => {
    expect(plain(maskOf('0 3', '0 0', '3 0'))).toEqual([{ value: 3, runs: [2, 2, 2], area: 2, bbox: [0, 0, 2, 3] }]);
  });

  it('keeps apart classes that touch, in ascending order of their ids', () => {
    expect(plain(maskOf('9 2', '9 2'))).toEqual([
      { value: 2, runs: [2, 2], area: 2, bbox: [1, 0, 1, 2] },
      { value: 9, runs: [0, 2, 2], area: 2, bbox: [0, 0, 1, 2] },
    ]);
  });

  it('orders ids by number, not by their text', () => {
    expect(maskRuns(maskOf('10 9 100')).map(({ value }) => value)).toEqual([9, 10, 100]);
  });

  it('finds nothing in a mask of background and one run in a mask of one class', () => {
    expect(plain(maskOf('0 0', '0 0'))).toEqual([]);
    expect(plain(maskOf('7 7', '7 7'))).toEqual([{ value: 7, runs: [0, 4], area: 4, bbox: [0, 0, 2, 2] }]);
  });

  it('tells 16-bit ids apart that share their low byte', () => {
    expect(plain(maskOf('257 1', '257 513')).map(({ value, area }) => [value, area])).toEqual([
      [1, 1],
      [257, 2],
      [513, 1],
    ]);
  });

  it('handles 65,535 classes and an image of one row', () => {
    const values = Uint16Array.from({ length: 65_536 }, (_, index) => 65_535 - index);
    const found = maskRuns({ width: 65_536, height: 1, values });
    expect(found).toHaveLength(65_535);
    expect(found[0]).toMatchObject({ value: 1, area: 1, bbox: [65_534, 0, 1, 1] });
  });

  it('reads values that are a view into larger memory', () => {
    const memory = Uint16Array.of(9, 9, 1, 1, 1, 2, 9);
    const mask = { width: 2, height: 2, values: memory.subarray(2, 6) };
    expect(plain(mask).map(({ value, runs }) => [value, runs])).toEqual([
      [1, [0, 3, 1]],
      [2, [3, 1]],
    ]);
  });
});

describe('columnMajorChanges', () => {
  it('lists positions where a value differs from the one before it in column order', () => {
    expect([...columnMajorChanges(maskOf('0 1 1', '1 1 2'))]).toEqual([0, 1, 5]);
  });

  it('lists only the first position of a uniform mask', () => {
    expect([...columnMajorChanges(maskOf('4 4 4', '4 4 4'))]).toEqual([0]);
  });
});

describe('a mask that changes its value too often', () => {
  it('refuses more changes than allowed with their number, and takes just as many', async () => {
    const chequered = {
      width: 64,
      height: 64,
      values: Uint8Array.from({ length: 4096 }, (_, i) => (i + (i >> 6)) & 1),
    };
    // Where a column ends and the next begins, the value stays.
    const changes = columnMajorChanges(chequered).length;
    expect(changes).toBe(4096 - 63);
    expect(columnMajorChanges(chequered, { most: changes })).toHaveLength(changes);
    const failure = await failureOf(() => maskRuns(chequered, new RunEmitter(), { where: 'a.png', most: changes - 1 }));
    expect(failure).toMatchObject({
      code: 'ImageTooLarge',
      facts: { file: 'a.png', changes, limit: changes - 1 },
    });
  });
});
