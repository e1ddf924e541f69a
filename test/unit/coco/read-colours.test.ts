import { describe, expect, it } from '@jest/globals';
import { MaskConverter } from '../../../src/coco/mask-converter.ts';
import { decodeCounts } from '../../../src/coco/rle.ts';
import { SkippedPixels } from '../../../src/coco/skipped-pixels.ts';
import { writeColourMask } from '../../../src/coco/write-colour-mask.ts';
import { DEFAULT_RULES } from '../../../src/contracts/conversion.ts';
import { writePng, type PngLayout } from '../../kit/png-writer.ts';
import { failureOf } from './failure-of.ts';
import { maskOf } from './mask-of.ts';

const COLOURS = [
  ['#000000', 0],
  ['#ff0000', 1],
  ['#808080', 2],
] as const;

function convert(png: Uint8Array, unknown: 'error' | 'skip' = 'error') {
  const rules = { ...DEFAULT_RULES, unknown, colours: COLOURS };
  const { shapes, skipped } = new MaskConverter({ declared: [1, 2], rules }).convert(png, 'some/a.png');
  return { shapes: shapes.map(({ categoryId, counts }) => [categoryId, decodeCounts(counts)]), skipped };
}

/** One row of pixels, each of which is a list of samples. */
function rowOf(layout: PngLayout, ...pixels: readonly number[][]): Buffer {
  return writePng({ width: pixels.length, height: 1, values: Uint16Array.from(pixels.flat()) }, layout);
}

describe('masks in colour', () => {
  it('are refused without a label map, as colour images', async () => {
    const png = rowOf({ colourType: 2, bitDepth: 8 }, [255, 0, 0]);
    const converter = new MaskConverter({ declared: [1], rules: DEFAULT_RULES });
    const failure = await failureOf(() => converter.convert(png, 'a.png'));
    expect(failure.code).toBe('ColourImage');
    expect(failure.action).toContain('--label-map');
  });

  it('have the colour of what is partly transparent, and nothing where alpha is 0', () => {
    const png = rowOf({ colourType: 6, bitDepth: 8 }, [255, 0, 0, 1], [255, 0, 0, 0], [9, 9, 9, 0], [255, 0, 0, 255]);
    expect(convert(png)).toEqual({ shapes: [[1, [0, 1, 2, 1]]], skipped: [] });
  });

  it('match 16-bit samples that stand for the same 8 bits, and no others', () => {
    const layout = { colourType: 2, bitDepth: 16 } as const;
    expect(convert(rowOf(layout, [65_535, 0, 0], [32_896, 32_896, 32_896])).shapes).toEqual([
      [1, [0, 1, 1]],
      [2, [1, 1]],
    ]);
    expect(convert(rowOf(layout, [65_280, 0, 0]), 'skip').skipped).toEqual([{ value: '#ff0000000000', pixels: 1 }]);
  });

  it('take grey as equal red, green and blue, stretched to its depth, with a label map', () => {
    expect(convert(rowOf({ colourType: 0, bitDepth: 8 }, [128], [0])).shapes).toEqual([[2, [0, 1, 1]]]);
    expect(convert(rowOf({ colourType: 0, bitDepth: 1 }, [1]), 'skip').skipped).toEqual([
      { value: '#ffffff', pixels: 1 },
    ]);
    expect(convert(rowOf({ colourType: 4, bitDepth: 8 }, [128, 255], [128, 0])).shapes).toEqual([[2, [0, 1, 1]]]);
  });

  it('are read by the colours of their palette, several entries for one colour', () => {
    const palette = Buffer.from([128, 128, 128, 255, 0, 0, 255, 0, 0, 7, 7, 7]);
    const layout = { colourType: 3, bitDepth: 8, palette } as const;
    expect(convert(rowOf(layout, [0], [1], [2])).shapes).toEqual([
      [1, [1, 2]],
      [2, [0, 1, 2]],
    ]);
  });

  it.each([false, true])(
    'tell the first place of an unknown colour in reading order, interlaced: %s',
    async (interlaced) => {
      const paints = [
        [255, 0, 0],
        [1, 2, 3],
        [4, 5, 6],
      ];
      // Adam7 stores the pixel at (0, 8) long before the one at (3, 1).
      const index = (x: number, y: number) => (y === 8 ? 1 : x === 3 && y > 0 ? 2 : 0);
      const places = Array.from({ length: 90 }, (_, at) => paints[index(at % 9, Math.floor(at / 9))]!);
      const values = Uint8Array.from(places.flat());
      const png = writePng({ width: 9, height: 10, values }, { colourType: 2, bitDepth: 8, interlaced });
      const failure = await failureOf(() => convert(png));
      expect(failure).toMatchObject({
        code: 'UnknownColour',
        facts: { file: 'some/a.png', colour: '#040506', count: 8, x: 3, y: 1, unknown: ['#040506', '#010203'] },
      });
      expect(failure.message).toMatch(/some\/a\.png holds 8 pixels of the colour #040506.*x 3, y 1.*1 more/);
    },
  );

  it.each<[string, Buffer]>([
    ['a pixel beyond the palette', rowOf({ colourType: 3, bitDepth: 8, palette: Buffer.alloc(6) }, [2])],
    [
      'more alphas than colours',
      rowOf({ colourType: 3, bitDepth: 1, before: [{ type: 'tRNS', data: Buffer.alloc(3) }] }, [1]),
    ],
    [
      'a transparent colour of the wrong length',
      rowOf({ colourType: 2, bitDepth: 8, before: [{ type: 'tRNS', data: Buffer.alloc(2) }] }, [1, 1, 1]),
    ],
    [
      'a transparent colour beside alpha',
      rowOf({ colourType: 4, bitDepth: 8, before: [{ type: 'tRNS', data: Buffer.alloc(2) }] }, [1, 1]),
    ],
  ])('are refused as damaged for %s', async (_, png) => {
    expect(await failureOf(() => convert(png, 'skip'))).toMatchObject({
      code: 'CorruptPng',
      facts: { file: 'some/a.png' },
    });
  });

  it('count a bounded number of unknown colours apart', () => {
    const pixels = Array.from({ length: 300 }, (_, i) => [1, i >> 8, i & 255]);
    const { skipped } = convert(rowOf({ colourType: 2, bitDepth: 8 }, ...pixels), 'skip');
    expect(skipped).toHaveLength(257);
    expect(skipped.at(-1)).toEqual({ value: 'other', pixels: 44 });
    const counter = new SkippedPixels();
    for (let i = 0; i < 1200; i += 1)
      counter.add([
        { value: `#${i}`, pixels: 2 },
        { value: 'other', pixels: 1 },
      ]);
    const counts = counter.counts();
    expect(Object.keys(counts).length).toBeLessThanOrEqual(1001);
    expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(3600);
  });
});

describe('writeColourMask', () => {
  it('names a value without a colour', async () => {
    const failure = await failureOf(() => writeColourMask(maskOf('0 1 9'), COLOURS));
    expect(failure).toMatchObject({ code: 'InvalidLabelMap', facts: { value: 9 } });
  });

  it('writes the first colour of a value, and black for 0 unless told otherwise', () => {
    const png = writeColourMask(maskOf('0 1'), [
      ['#808080', 1],
      ['#ff0000', 1],
    ]);
    expect(convert(png).shapes).toEqual([[2, [1, 1]]]);
    expect(convert(writeColourMask(maskOf('0'), [['#ff0000', 0]])).shapes).toEqual([[1, [0, 1]]]);
  });
});
