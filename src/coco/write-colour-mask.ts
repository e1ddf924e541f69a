import { PNG } from 'pngjs';
import type { ConversionRules } from '../contracts/conversion.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { Mask } from './mask.ts';

/** Colour type of PNG for red, green and blue. */
const RGB = 2;
const SAMPLES = 3;

/**
 * Writes a mask as an RGB PNG of 8 bits a sample, each value in its colour.
 *
 * @param colours `[colour, value]` as the conversion rules have them, `#rrggbb`; the first colour of a value counts. What
 * has the value 0 is black unless they say otherwise
 * @throws MaskloopError `InvalidLabelMap` for a value that has no colour
 */
export function writeColourMask(mask: Mask, colours: NonNullable<ConversionRules['colours']>): Uint8Array {
  const { width, height, values } = mask;
  const table = new Map<number, Buffer>([[0, Buffer.alloc(SAMPLES)]]);
  for (const [colour, value] of colours.toReversed()) table.set(value, Buffer.from(colour.slice(1), 'hex'));
  const data = Buffer.alloc(SAMPLES * values.length);
  for (const [at, value] of values.entries()) {
    const bytes = table.get(value);
    if (bytes === undefined) {
      throw new MaskloopError('InvalidLabelMap', `The label map has no colour for the category ${value}.`, {
        facts: { value },
      });
    }
    data.set(bytes, SAMPLES * at);
  }
  const png = new PNG({ width, height });
  png.data = data;
  return PNG.sync.write(png, { colorType: RGB, inputColorType: RGB, inputHasAlpha: false });
}
