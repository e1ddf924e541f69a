import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { MaskConverter } from '../../../src/coco/mask-converter.ts';
import { writeMask } from '../../../src/coco/write-mask.ts';
import { DEFAULT_RULES } from '../../../src/contracts/conversion.ts';
import { arbitraryPng } from '../../kit/png-arbitrary.ts';

const TARGETS = [0, 1, 2, 3, 1000];

describe('MaskConverter with mapped and ignored values', () => {
  it('gives what it gives for a mask in which each pixel was replaced, in every layout', () => {
    const sources = fc.uniqueArray(fc.oneof(fc.nat(6), fc.nat(255)), { maxLength: 6 });
    const targets = fc.array(fc.constantFrom(...TARGETS, 'ignored' as const), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(arbitraryPng(24), sources, targets, ({ mask, png }, from, to) => {
        const rows = from.map((value, i) => [value, value === 0 && to[i] === 'ignored' ? 0 : (to[i] ?? 0)] as const);
        const values = rows.flatMap(([value, target]) => (target === 'ignored' ? [] : [[value, target] as const]));
        const ignore = rows.flatMap(([value, target]) => (target === 'ignored' ? [value] : []));
        const declared = TARGETS.slice(1);
        const rules = { ...DEFAULT_RULES, unknown: 'skip' } as const;
        const got = new MaskConverter({ declared, rules: { ...rules, values, ignore } }).convert(png, 'a.png');

        const meaning = new Map<number, number | 'ignored'>(rows);
        const replaced = Uint16Array.from(mask.values, (value) => {
          const target = meaning.get(value) ?? value;
          return target === 'ignored' ? 0 : target;
        });
        const painted = writeMask({ ...mask, values: replaced });
        const expected = new MaskConverter({ declared, rules }).convert(painted, 'a.png');
        expect(got.shapes).toEqual(expected.shapes);

        const ignored = ignore.toSorted((a, b) => a - b).map((value) => ({ value, pixels: count(mask.values, value) }));
        const skipped = [...expected.skipped, ...ignored.filter(({ pixels }) => pixels > 0)];
        expect(got.skipped).toEqual(skipped.toSorted((a, b) => Number(a.value) - Number(b.value)));
      }),
      { numRuns: 200 },
    );
  });
});

function count(values: ArrayLike<number>, wanted: number): number {
  return Array.from(values).filter((value) => value === wanted).length;
}
