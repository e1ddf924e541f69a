import { describe, expect, it } from '@jest/globals';
import { maskReading } from '../../../src/coco/mask-reading.ts';
import { DEFAULT_RULES, type ConversionRules } from '../../../src/contracts/conversion.ts';
import { failureOf } from './failure-of.ts';

const CATEGORIES = [
  { id: 1, name: 'needle' },
  { id: 300, name: 'hook' },
];

function reading(rules: Partial<ConversionRules>) {
  return maskReading(CATEGORIES, { ...DEFAULT_RULES, ...rules });
}

describe('maskReading', () => {
  it('takes values that are mapped to background and to categories, and ignores declared ones', () => {
    const rules = {
      values: [
        [255, 1],
        [0, 300],
        [2, 0],
      ],
      ignore: [1, 65_535],
    } as const;
    expect(reading(rules)).toEqual({ declared: [1, 300], rules: { ...DEFAULT_RULES, ...rules } });
  });

  it.each<[string, Partial<ConversionRules>, RegExp, object]>([
    [
      'a value mapped twice',
      {
        values: [
          [7, 1],
          [7, 300],
        ],
      },
      /7 is mapped or ignored twice/,
      { value: 7 },
    ],
    ['a value mapped and ignored', { values: [[7, 1]], ignore: [7] }, /7 is mapped or ignored twice/, { value: 7 }],
    ['a value ignored twice', { ignore: [8, 8] }, /8 is mapped or ignored twice/, { value: 8 }],
    ['a target that no category declares', { values: [[255, 2]] }, /255 is mapped to 2/, { value: 255, to: 2 }],
    ['background ignored', { ignore: [0] }, /0 is ignored; it is background/, { value: 0 }],
    ['a value that no pixel has', { ignore: [65_536] }, /65536 is no value/, { value: 65_536 }],
    ['more than can be stored', { ignore: Array.from({ length: 257 }, (_, i) => i + 1) }, /257 values/, { count: 257 }],
  ])('refuses %s', async (_, rules, message, facts) => {
    const failure = await failureOf(() => reading(rules));
    expect(failure).toMatchObject({ code: 'InvalidValueMap', facts });
    expect(failure.message).toMatch(message);
  });

  it.each<[string, Partial<ConversionRules>, RegExp]>([
    ['a colour that is none', { colours: [['red', 1]] }, /red is no colour/],
    [
      'a colour twice',
      {
        colours: [
          ['#00000a', 1],
          ['#00000A', 0],
        ],
      },
      /#00000A is named twice/,
    ],
    ['a colour of no category', { colours: [['#00000a', 2]] }, /#00000a counts as 2/],
    ['colours and values', { colours: [['#00000a', 1]], ignore: [1] }, /values are mapped or ignored as well/],
    ['more colours than can be stored', { colours: Array.from({ length: 513 }, () => ['#000000', 1]) }, /513 colours/],
  ])('refuses %s', async (_, rules, message) => {
    const failure = await failureOf(() => reading(rules));
    expect(failure.code).toBe('InvalidLabelMap');
    expect(failure.message).toMatch(message);
  });
});
