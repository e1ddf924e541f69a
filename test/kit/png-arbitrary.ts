import { fc } from './seeded-properties.ts';
import type { Mask } from '../../src/coco/mask.ts';
import type { KitChunk } from './png-chunks.ts';
import type { PngFilter } from './png-filter.ts';
import { writePng, type PngLayout } from './png-writer.ts';

/** A file and the samples that were written into it. */
export interface KitPng {
  readonly mask: Mask;
  readonly layout: PngLayout;
  readonly png: Buffer;
}

/** Every colour type and bit depth of one channel. */
export const LAYOUT_KINDS = [
  ...([1, 2, 4, 8, 16] as const).map((bitDepth) => ({ colourType: 0 as const, bitDepth })),
  ...([1, 2, 4, 8] as const).map((bitDepth) => ({ colourType: 3 as const, bitDepth })),
];

const arbitraryChunk: fc.Arbitrary<KitChunk> = fc.record({
  type: fc.constantFrom('tEXt', 'tIME', 'prIv', 'zzZz'),
  data: fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
});

const arbitraryStorage: fc.Arbitrary<Omit<PngLayout, 'colourType' | 'bitDepth'>> = fc.record({
  interlaced: fc.boolean(),
  filters: fc.array(fc.constantFrom<PngFilter>(0, 1, 2, 3, 4), { minLength: 1, maxLength: 9 }),
  idatBytes: fc.array(fc.nat(60), { maxLength: 4 }),
  before: fc.array(arbitraryChunk, { maxLength: 2 }),
  after: fc.array(arbitraryChunk, { maxLength: 2 }),
  level: fc.nat(9),
});

/** Masks of noise and masks of painted rectangles, with values up to `max`. */
export function arbitraryMask(max: number, maxSide = 40): fc.Arbitrary<Mask> {
  const side = fc.integer({ min: 1, max: maxSide });
  return fc.tuple(side, side).chain(([width, height]) => {
    const blank = () => new (max > 255 ? Uint16Array : Uint8Array)(width * height);
    const value = fc.oneof({ weight: 3, arbitrary: fc.nat(Math.min(max, 5)) }, fc.nat(max), fc.constant(max));
    const noise = fc
      .array(value, { minLength: width * height, maxLength: width * height, size: 'max' })
      .map((values) => {
        const mask = blank();
        mask.set(values);
        return mask;
      });
    const rectangle = fc.record({ value, x: fc.nat(width), y: fc.nat(height), w: side, h: side });
    const painted = fc.array(rectangle, { maxLength: 8 }).map((rectangles) => {
      const mask = blank();
      for (const { value: fill, x, y, w, h } of rectangles) {
        for (let row = y; row < Math.min(height, y + h); row += 1) {
          mask.fill(fill, row * width + x, row * width + Math.min(width, x + w));
        }
      }
      return mask;
    });
    return fc.oneof(noise, painted).map((values) => ({ width, height, values }));
  });
}

/** A mask in any layout that has one channel, or in those of the given kinds. */
export function arbitraryPng(maxSide = 40, kinds: typeof LAYOUT_KINDS = LAYOUT_KINDS): fc.Arbitrary<KitPng> {
  return fc.constantFrom(...kinds).chain((kind) =>
    fc.tuple(arbitraryMask(2 ** kind.bitDepth - 1, maxSide), arbitraryStorage).map(([mask, storage]) => {
      const layout = { ...kind, ...storage };
      return { mask, layout, png: writePng(mask, layout) };
    }),
  );
}
