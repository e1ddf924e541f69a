import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { MaskConverter } from '../../../src/coco/mask-converter.ts';
import { writeColourMask } from '../../../src/coco/write-colour-mask.ts';
import { writeMask } from '../../../src/coco/write-mask.ts';
import { DEFAULT_RULES } from '../../../src/contracts/conversion.ts';
import { arbitraryColourPng } from '../../kit/colour-arbitrary.ts';
import { arbitraryMask } from '../../kit/png-arbitrary.ts';
import { failureOf } from '../../unit/coco/failure-of.ts';

const declared = [1, 2, 3];

describe('MaskConverter with a label map', () => {
  it('gives what it gives for a mask of the values of the colours, and counts unknown ones, in every layout', async () => {
    const meanings = fc.array(fc.constantFrom(0, 1, 2, 3, null), { minLength: 8, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(arbitraryColourPng, meanings, async ({ width, height, png, colours }, meaning) => {
        const distinct = [...new Set(colours)].filter((colour) => colour !== null);
        const named = distinct.flatMap((colour, i) => {
          const value = colour.length === 7 ? meaning[i % meaning.length] : null;
          return value === null || value === undefined ? [] : [[colour, value] as const];
        });
        const table = new Map<string | null, number>([[null, 0], ...named]);
        const values = Uint8Array.from(colours, (colour) => table.get(colour) ?? 0);
        const rules = { ...DEFAULT_RULES, unknown: 'skip' } as const;
        const got = new MaskConverter({ declared, rules: { ...rules, colours: named } }).convert(png, 'a.png');
        const plain = new MaskConverter({ declared, rules }).convert(writeMask({ width, height, values }), 'a.png');
        expect(got.shapes).toEqual(plain.shapes);

        const unknown = distinct.filter((colour) => !table.has(colour));
        const counts = unknown.map((value) => ({ value, pixels: colours.filter((one) => one === value).length }));
        expect(got.skipped).toEqual(counts);
        if (unknown.length === 0) return;
        const strict = new MaskConverter({ declared, rules: { ...DEFAULT_RULES, colours: named } });
        const first = colours.indexOf(unknown[0]!);
        expect(await failureOf(() => strict.convert(png, 'a.png'))).toMatchObject({
          code: 'UnknownColour',
          facts: {
            file: 'a.png',
            colour: unknown[0],
            count: counts[0]?.pixels,
            x: first % width,
            y: Math.floor(first / width),
            unknown: unknown.slice(0, 20),
          },
        });
      }),
      { numRuns: 400 },
    );
  });

  it('reads back what writeColourMask writes', () => {
    const colours = [
      ['#ff0000', 1],
      ['#0a0b0c', 2],
      ['#00ff00', 3],
      ['#0000ff', 1],
      ['#123456', 0],
    ] as const;
    fc.assert(
      fc.property(arbitraryMask(3, 20), (mask) => {
        const png = writeColourMask(mask, colours);
        const got = new MaskConverter({ declared, rules: { ...DEFAULT_RULES, colours } }).convert(png, 'a.png');
        expect(got).toEqual(new MaskConverter({ declared, rules: DEFAULT_RULES }).convert(writeMask(mask), 'a.png'));
      }),
      { numRuns: 50 },
    );
  });
});
