import { describe, expect, it } from '@jest/globals';
import { maskRuns } from '../../../src/coco/mask-runs.ts';
import { splitClasses } from '../../../src/coco/split-runs.ts';
import { failureOf } from './failure-of.ts';
import { maskOf } from './mask-of.ts';

function split(rows: readonly string[], connectivity: 4 | 8, minArea = 0) {
  const mask = maskOf(...rows);
  const [only] = maskRuns(mask);
  const { shapes, dropped } = splitClasses([only!], mask, { connectivity, minArea });
  return { shapes: shapes.map(({ runs, area, bbox }) => ({ runs: [...runs], area, bbox })), dropped };
}

describe('splitClasses', () => {
  it('joins pixels that share a corner only where 8 neighbours count', () => {
    const rows = ['1 0 1', '0 1 0'];
    expect(split(rows, 8).shapes).toEqual([{ runs: [0, 1, 2, 2, 1], area: 3, bbox: [0, 0, 3, 2] }]);
    expect(split(rows, 4).shapes.map(({ runs }) => runs)).toEqual([
      [0, 1, 5],
      [3, 1, 2],
      [4, 1, 1],
    ]);
  });

  it('keeps apart the bottom of a column and the top of the next, though they follow each other in the runs', () => {
    for (const connectivity of [4, 8] as const) {
      expect(split(['0 1', '0 0', '1 0'], connectivity).shapes.map(({ area }) => area)).toEqual([1, 1]);
    }
  });

  it('keeps apart the bottom of a column and the top of the one after the next', () => {
    expect(split(['0 0 1', '1 0 0'], 8).shapes).toHaveLength(2);
    expect(split(['1 0 1'], 8).shapes).toHaveLength(2);
  });

  it('joins what meets only in the last column, and orders by first pixel', () => {
    const rows = ['0 1 1 0', '0 0 0 1', '1 1 0 1', '0 0 0 1', '1 1 1 1'];
    expect(split(rows, 4).shapes.map(({ bbox }) => bbox)).toEqual([
      [0, 2, 2, 1],
      [0, 1, 4, 4],
      [1, 0, 2, 1],
    ]);
    expect(split(rows, 8).shapes.map(({ bbox, area }) => [bbox, area])).toEqual([
      [[0, 2, 2, 1], 2],
      [[0, 0, 4, 5], 9],
    ]);
  });

  it('drops and counts what has fewer pixels than asked for, and nothing else', () => {
    const rows = ['1 0 1 1 0 1 1', '0 0 0 0 0 1 0'];
    expect(split(rows, 4, 2)).toMatchObject({
      shapes: [{ area: 2 }, { area: 3 }],
      dropped: { components: 1, pixels: 1 },
    });
    expect(split(rows, 4, 4)).toEqual({ shapes: [], dropped: { components: 3, pixels: 6 } });
  });

  it('gives back a class in one piece as it was, over whole columns', () => {
    expect(split(['1 1 1', '1 1 0'], 4).shapes).toEqual([{ runs: [0, 5, 1], area: 5, bbox: [0, 0, 3, 2] }]);
  });

  it('refuses more components than allowed, over all classes, and names the least area that helps', async () => {
    const mask = maskOf('1 0 2 0 1 1', '0 0 0 0 0 0', '2 2 0 1 0 0');
    const within = (most: number, minArea = 0) =>
      splitClasses(maskRuns(mask), mask, { connectivity: 8, minArea }, { where: 'a.png', most });
    expect(within(5).shapes).toHaveLength(5);
    const failure = await failureOf(() => within(4));
    expect(failure).toMatchObject({
      code: 'TooManyComponents',
      facts: { file: 'a.png', components: 5, limit: 4, minArea: 2, componentsThen: 2 },
    });
    expect(failure.message).toBe('a.png has 5 components; 4 are allowed. With --min-area 2 it has 2.');
    expect(within(4, 2)).toMatchObject({ shapes: [{ area: 2 }, { area: 2 }], dropped: { components: 3, pixels: 3 } });
    expect(await failureOf(() => within(1, 2))).toMatchObject({
      facts: { components: 2, minArea: 3, componentsThen: 0 },
    });
  });
});
