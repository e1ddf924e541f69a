import { fc } from './seeded-properties.ts';
import type { Mask } from '../../src/coco/mask.ts';
import { arbitraryMask } from './png-arbitrary.ts';
import { CHANNELS, writePng, type PngLayout } from './png-writer.ts';

/** A file, and the colour that each pixel has by the specification. */
export interface ColourPng {
  readonly width: number;
  readonly height: number;
  readonly layout: PngLayout;
  readonly png: Buffer;
  /** `#rrggbb` or `#rrrrggggbbbb`; null where alpha is 0. Row by row. */
  readonly colours: readonly (string | null)[];
}

type Kind = Pick<PngLayout, 'colourType' | 'bitDepth'>;

const KINDS: readonly Kind[] = [
  ...([1, 2, 4, 8, 16] as const).map((bitDepth) => ({ colourType: 0 as const, bitDepth })),
  ...([1, 2, 4, 8] as const).map((bitDepth) => ({ colourType: 3 as const, bitDepth })),
  ...([2, 4, 6] as const).flatMap((colourType) => ([8, 16] as const).map((bitDepth) => ({ colourType, bitDepth }))),
];

/** A few colours to paint with: samples of one pixel each; alpha is often 0, often full. */
function arbitraryPaints({ colourType, bitDepth }: Kind): fc.Arbitrary<readonly (readonly number[])[]> {
  const largest = 2 ** bitDepth - 1;
  const byte = fc.constantFrom(0, 1, 128, 255).map((value) => (bitDepth === 16 ? value * 257 : value & largest));
  const sample = fc.oneof(byte, fc.nat(largest));
  const alpha = fc.constantFrom(0, 1, largest, largest);
  const channels = CHANNELS[colourType];
  const one = Array.from({ length: channels }, (_, i) => (channels % 2 === 0 && i === channels - 1 ? alpha : sample));
  return fc.array(fc.tuple(...one), { minLength: 1, maxLength: 6 });
}

/** Palette and transparency: entries from 0 (transparent) to 255. */
const arbitraryEntries = fc.record({
  rgb: fc.uint8Array({ minLength: 3 * 256, maxLength: 3 * 256 }),
  alphas: fc.array(fc.constantFrom(0, 0, 1, 255), { maxLength: 8 }),
  transparent: fc.boolean(),
});

/** Pictures of up to 20 × 20 pixels in every layout that PNG has. */
export const arbitraryColourPng: fc.Arbitrary<ColourPng> = fc.constantFrom(...KINDS).chain((kind) =>
  fc
    .record({
      paints: arbitraryPaints(kind),
      mask: arbitraryMask(5, 20),
      entries: arbitraryEntries,
      interlaced: fc.boolean(),
      filters: fc.array(fc.constantFrom<0 | 1 | 2 | 3 | 4>(0, 1, 2, 3, 4), { minLength: 1, maxLength: 5 }),
    })
    .map(({ paints, mask, entries, ...storage }) => paint(kind, mask, paints, entries, storage)),
);

function paint(
  kind: Kind,
  mask: Mask,
  paints: readonly (readonly number[])[],
  { rgb, alphas, transparent }: { rgb: Uint8Array; alphas: readonly number[]; transparent: boolean },
  storage: Partial<PngLayout>,
): ColourPng {
  const { width, height } = mask;
  const pixels = Array.from(mask.values, (value) => paints[value % paints.length]!);
  const values = Uint16Array.from(pixels.flat());
  const size = 2 ** kind.bitDepth;
  const palette = Buffer.from(rgb.subarray(0, 3 * size));
  const known = transparencyOf(kind, paints[0]!, alphas.slice(0, size));
  const before = transparent && known !== null ? [{ type: 'tRNS', data: known }] : [];
  const layout = { ...kind, ...storage, palette, before };
  const png = writePng({ width, height, values }, layout);
  const none = before.length > 0 ? (kind.colourType === 3 ? alphas : paints[0]!) : [];
  return { width, height, layout, png, colours: pixels.map((pixel) => colourOf(kind, pixel, palette, none)) };
}

/** What `tRNS` holds: alphas of a palette, or one colour, which is that of the first paint. */
function transparencyOf({ colourType }: Kind, first: readonly number[], alphas: readonly number[]): Buffer | null {
  if (colourType === 3) return Buffer.from(alphas);
  return colourType === 0 || colourType === 2
    ? Buffer.from(first.flatMap((sample) => [sample >> 8, sample & 255]))
    : null;
}

function colourOf({ colourType, bitDepth }: Kind, pixel: readonly number[], palette: Buffer, none: readonly number[]) {
  if (colourType === 3) {
    const index = pixel[0]!;
    return none[index] === 0 ? null : `#${palette.toString('hex', 3 * index, 3 * index + 3)}`;
  }
  const hasAlpha = colourType === 4 || colourType === 6;
  const isNone = hasAlpha ? pixel.at(-1) === 0 : none.length > 0 && pixel.every((sample, i) => sample === none[i]);
  if (isNone) return null;
  const shown = colourType === 0 || colourType === 4 ? [pixel[0]!, pixel[0]!, pixel[0]!] : pixel.slice(0, 3);
  const digits = shown.map((sample) =>
    Math.round((sample / (2 ** bitDepth - 1)) * 65_535)
      .toString(16)
      .padStart(4, '0'),
  );
  const short = digits.every((four) => four.slice(0, 2) === four.slice(2));
  return `#${digits.map((four) => (short ? four.slice(2) : four)).join('')}`;
}
