import { describe, expect, it } from '@jest/globals';
import type { Overlap } from '../../../src/coco/compare.ts';
import type { Floors } from '../../../src/contracts/gate.ts';
import { compareModels, type ModelComparison } from '../../../src/gate/compare-models.ts';
import { judge } from '../../../src/gate/judge.ts';

const CATEGORIES = [
  { id: 1, name: 'grasper' },
  { id: 2, name: 'needle' },
];
const NO_FLOORS: Floors = { all: null, classes: {} };

type Groups = readonly (readonly [number, number, number])[];

/** Class 1 of each group: pixels in both, of the label, of the prediction. */
function model(checksum: string, groups: Groups) {
  const counts = groups.map(([both, a, b], index): [string, Map<number, Overlap>] => [
    `group ${index}`,
    new Map([[1, { both, a, b }]]),
  ]);
  return { checksum, groups: new Map(counts) };
}

function compared(before: Groups | null, after: Groups, floors = NO_FLOORS): ModelComparison {
  const models = { before: before === null ? null : model('SHA256:old', before), after: model('SHA256:new', after) };
  return compareModels(models, CATEGORIES, floors);
}

const GOOD: Groups = [
  [9, 10, 10],
  [8, 10, 10],
  [9, 10, 10],
];
const POOR: Groups = [
  [5, 10, 10],
  [5, 10, 10],
  [6, 10, 10],
];

describe('the verdict on a new model', () => {
  it('is better where its mean Dice is higher in all draws', () => {
    const { verdict, reasons } = judge(compared(POOR, GOOD), 3);
    expect(verdict).toBe('better');
    expect(reasons).toEqual([
      'mean Dice +0.3333 on the held-out frames',
      'a loss of more than 0.01 in 0 % of 2000 draws',
    ]);
  });

  it('is not better where it is worse, and where it is the same', () => {
    expect(judge(compared(GOOD, POOR), 3).verdict).toBe('not better');
    expect(judge(compared(GOOD, GOOD), 3).verdict).toBe('not better');
  });

  it('is not better where one group carries the whole gain and a real loss is likely', () => {
    const after: Groups = [
      [1000, 1000, 1000],
      [300, 500, 500],
      [300, 500, 500],
      [300, 500, 500],
    ];
    const before: Groups = [
      [300, 1000, 1000],
      [400, 500, 500],
      [400, 500, 500],
      [400, 500, 500],
    ];
    const comparison = compared(before, after);
    expect(comparison.difference).toBeGreaterThan(0.1);
    expect(comparison.interval?.lossShare).toBeGreaterThan(0.25);
    expect(judge(comparison, 4)).toMatchObject({ verdict: 'not better' });
  });

  it('of one group goes by the difference alone and says so', () => {
    const { verdict, reasons } = judge(compared([[5, 10, 10]], [[6, 10, 10]]), 1);
    expect(verdict).toBe('better');
    expect(reasons.join('; ')).toContain('there is 1 group, too few');
  });

  it('names the class under its floor, however much better the model is', () => {
    const floors = { all: 0.5, classes: { grasper: 0.95 } };
    const { verdict, reasons } = judge(compared(POOR, GOOD, floors), 3);
    expect(verdict).toBe('floor missed');
    expect(reasons[0]).toBe('under the floor: grasper 0.8667 (floor 0.95)');
  });

  it('lets a class that is nowhere miss no floor, and says that it was not looked at', () => {
    const { verdict, reasons } = judge(compared(POOR, GOOD, { all: null, classes: { needle: 0.9 } }), 3);
    expect(verdict).toBe('better');
    expect(reasons.at(-1)).toBe('not on the held-out frames, so under no floor: needle');
  });

  it('of the first model asks for its floors alone', () => {
    expect(judge(compared(null, POOR), 3).verdict).toBe('first');
    expect(judge(compared(null, POOR, { all: 0.9, classes: {} }), 3).verdict).toBe('floor missed');
  });

  it('is not measured without held-out frames', () => {
    expect(judge(compared([], []), 0)).toMatchObject({ verdict: 'not measured' });
    expect(judge(compared(POOR, [[0, 0, 0]]), 1)).toMatchObject({ verdict: 'not measured' });
  });
});
