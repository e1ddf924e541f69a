import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { STRATEGIES } from '../../../src/contracts/selection.ts';
import { parseMixture, writeMixture } from '../../../src/notation/mixture.ts';
import { isNotationError } from '../../../src/notation/notation-error.ts';

describe('a mixture of strategies', () => {
  it('is one strategy by its name, or several with shares in the order of the text', () => {
    expect(parseMixture(' diverse ')).toEqual([{ strategy: 'diverse', share: 1 }]);
    expect(parseMixture('70% uncertainty,30 % random')).toEqual([
      { strategy: 'uncertainty', share: 0.7 },
      { strategy: 'random', share: 0.3 },
    ]);
    expect(parseMixture('33.3% random, 33.3% diverse, 33.4% server').map(({ share }) => share)).toEqual([
      0.33299999999999996, 0.33299999999999996, 0.33399999999999996,
    ]);
  });

  it.each([
    ['', 'Write one of'],
    ['best', 'Write one of'],
    ['70 uncertainty, 30 random', 'Write one of'],
    ['0% uncertainty, 100% random', 'Write one of'],
    ['-10% uncertainty, 110% random', 'Write one of'],
    ['70% uncertainty, 20% random', 'The shares add up to 90%, not 100%.'],
    ['50% random, 50% random', 'random is named twice.'],
    ['70% uncertainty,', 'Write one of'],
  ])('is not "%s"', (text, words) => {
    expect(() => parseMixture(text)).toThrow(words);
  });

  it('is read again as it was written', () => {
    const parts = fc
      .uniqueArray(fc.constantFrom(...STRATEGIES), { minLength: 1 })
      .chain((names) =>
        fc.tuple(
          fc.constant(names),
          fc.array(fc.integer({ min: 1, max: 50 }), { minLength: names.length, maxLength: names.length }),
        ),
      );
    fc.assert(
      fc.property(parts, ([names, weights]) => {
        const rest = weights.slice(1).map((weight) => weight / 4);
        const percents = [100 - rest.reduce((sum, part) => sum + part, 0), ...rest];
        const text = names.map((name, at) => `${percents[at]}% ${name}`).join(', ');
        const mixture = parseMixture(text);
        expect(parseMixture(writeMixture(mixture))).toEqual(mixture);
      }),
    );
  });

  it('says what is wrong without the text, by an error of its own', () => {
    try {
      parseMixture('hunter2');
    } catch (error) {
      expect([isNotationError(error), String(error)]).toEqual([true, expect.not.stringContaining('hunter2')]);
    }
    expect.assertions(1);
  });
});
