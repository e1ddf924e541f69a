import { describe, expect, it } from '@jest/globals';
import { MaskConverter } from '../../../src/coco/mask-converter.ts';
import { decodeCounts } from '../../../src/coco/rle.ts';
import { writeMask } from '../../../src/coco/write-mask.ts';
import { DEFAULT_RULES, type ConversionRules } from '../../../src/contracts/conversion.ts';
import { failureOf } from './failure-of.ts';
import { maskOf } from './mask-of.ts';

function convert(rows: readonly string[], rules: Partial<ConversionRules>, declared: readonly number[] = [1, 2]) {
  const converter = new MaskConverter({ declared, rules: { ...DEFAULT_RULES, ...rules } });
  const { shapes, skipped } = converter.convert(writeMask(maskOf(...rows)), 'a.png');
  return { shapes: shapes.map(({ categoryId, counts }) => [categoryId, decodeCounts(counts)]), skipped };
}

describe('mapped values', () => {
  it('make one shape where two of them count as the same, with one run where they touch', () => {
    const { shapes } = convert(['255 0', '7 0', '1 0', '0 255'], {
      values: [
        [255, 1],
        [7, 1],
      ],
    });
    expect(shapes).toEqual([[1, [0, 3, 4, 1]]]);
  });

  it('leave out those that count as background without telling, and keep others as they are', () => {
    expect(convert(['9 2', '9 1'], { values: [[9, 0]] })).toEqual({
      shapes: [
        [1, [3, 1]],
        [2, [2, 1, 1]],
      ],
      skipped: [],
    });
  });

  it('may change places', () => {
    expect(
      convert(['1 2 2'], {
        values: [
          [1, 2],
          [2, 1],
        ],
      }).shapes,
    ).toEqual([
      [1, [1, 2]],
      [2, [0, 1, 2]],
    ]);
  });

  it('turn an inverted mask round, to the last pixel', () => {
    expect(
      convert(['0 255', '255 0'], {
        values: [
          [0, 1],
          [255, 0],
        ],
      }).shapes,
    ).toEqual([[1, [0, 1, 2, 1]]]);
  });

  it('reach 16-bit categories from 8-bit masks', () => {
    expect(convert(['3 3'], { values: [[3, 40_000]] }, [40_000]).shapes).toEqual([[40_000, [0, 2]]]);
  });
});

describe('ignored values', () => {
  it('are left out and counted, declared or not, in the order of their values', () => {
    expect(convert(['255 254 1 2', '255 0 1 2'], { ignore: [255, 254, 2] })).toEqual({
      shapes: [[1, [4, 2, 2]]],
      skipped: [
        { value: 2, pixels: 2 },
        { value: 254, pixels: 1 },
        { value: 255, pixels: 2 },
      ],
    });
  });

  it('are told apart from values that count as the same number', () => {
    expect(convert(['7 1'], { values: [[7, 1]], ignore: [1] })).toEqual({
      shapes: [[1, [0, 1, 1]]],
      skipped: [{ value: 1, pixels: 1 }],
    });
  });

  it('are counted with undeclared ones where those are skipped', () => {
    expect(convert(['7 9'], { unknown: 'skip', ignore: [9] }).skipped).toEqual([
      { value: 7, pixels: 1 },
      { value: 9, pixels: 1 },
    ]);
  });

  it('do not make undeclared values pass', async () => {
    expect(await failureOf(() => convert(['7 9'], { ignore: [9] }))).toMatchObject({
      code: 'UndeclaredCategory',
      facts: { value: 7, count: 1, undeclared: [7] },
    });
  });
});

describe('the hint for binary masks', () => {
  it('names the flag that converts them', async () => {
    const failure = await failureOf(() => convert(['0 255', '255 255'], {}, [4, 3]));
    expect(failure).toMatchObject({ code: 'UndeclaredCategory', facts: { value: 255, count: 3, hint: '--map 255=3' } });
    expect(failure.message).toContain('--map 255=3');
  });

  it('is not given where there are other values, or 255 is not the odd one', async () => {
    for (const rows of [['0 255 1'], ['0 254'], ['255 254']]) {
      const failure = await failureOf(() => convert(rows, {}));
      expect(failure.facts).not.toHaveProperty('hint');
      expect(failure.message).not.toContain('--map');
    }
  });
});

describe('a chequered mask', () => {
  const [width, height] = [500, 400];
  const values = Uint8Array.from({ length: width * height }, (_, i) => (i + Math.floor(i / width)) % 2);
  const png = writeMask({ width, height, values }, 'up');
  const convertAs = (components: ConversionRules['components']) =>
    new MaskConverter({ declared: [1], rules: { ...DEFAULT_RULES, components } }).convert(png, 'a.png');

  it('is refused where each pixel would be an annotation, with the area that it takes to go on', async () => {
    const failure = await failureOf(() => convertAs({ connectivity: 4, minArea: 0 }));
    expect(failure).toMatchObject({
      code: 'TooManyComponents',
      facts: { file: 'a.png', components: 100_000, limit: 65_536, minArea: 2, componentsThen: 0 },
    });
    expect(convertAs({ connectivity: 4, minArea: 2 })).toMatchObject({
      shapes: [],
      dropped: { components: 100_000, pixels: 100_000 },
    });
  });

  it('is one annotation as a class, and as what shares corners', () => {
    expect(convertAs(null).shapes).toHaveLength(1);
    expect(convertAs({ connectivity: 8, minArea: 0 }).shapes).toHaveLength(1);
  });
});
