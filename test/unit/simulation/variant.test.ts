import { describe, expect, it } from '@jest/globals';
import { parseMixture } from '../../../src/notation/mixture.ts';
import { runsOf, variantsOf } from '../../../src/simulation/variant.ts';

const mixtures = ['random', '70% uncertainty, 30% random'].map(parseMixture);

describe('the variants of a comparison', () => {
  it('are every strategy with every size of batches, and say the size where it differs', () => {
    expect(variantsOf(mixtures, [10, 20]).map(({ name, batchSize }) => [name, batchSize])).toEqual([
      ['random, batches of 10', 10],
      ['random, batches of 20', 20],
      ['70% uncertainty, 30% random, batches of 10', 10],
      ['70% uncertainty, 30% random, batches of 20', 20],
    ]);
    expect(variantsOf(mixtures, [10]).map(({ name }) => name)).toEqual(['random', '70% uncertainty, 30% random']);
  });

  it('count once where they are given twice', () => {
    expect(variantsOf([...mixtures, parseMixture('random')], [5, 5])).toHaveLength(2);
  });

  it('are run seed after seed, each under a name of its own', () => {
    const runs = runsOf(variantsOf(mixtures, [10]), 2);
    expect(runs.map(({ key }) => key)).toEqual([
      'variant-1-seed-1',
      'variant-2-seed-1',
      'variant-1-seed-2',
      'variant-2-seed-2',
    ]);
  });
});
