import { PNG } from 'pngjs';
import type { ConversionRules } from '../contracts/conversion.ts';
import { colourTable } from './colour-table.ts';
import type { Mask } from './mask.ts';

/** Colour type of PNG for red, green and blue. */
const RGB = 2;
const SAMPLES = 3;

/**
 * Writes a mask as an RGB PNG of 8 bits a sample, each value in its colour.
 *
 * @param colours as {@link colourTable} takes them
 * @throws MaskloopError `InvalidLabelMap` for a value that has no colour
 */
export function writeColourMask(mask: Mask, colours: NonNullable<ConversionRules['colours']>): Uint8Array {
  const { width, height, values } = mask;
  const table = colourTable(colours, new Set(values));
  const data = Buffer.alloc(SAMPLES * values.length);
  for (const [at, value] of values.entries()) data.set(table.get(value)!, SAMPLES * at);
  const png = new PNG({ width, height });
  png.data = data;
  return PNG.sync.write(png, { colorType: RGB, inputColorType: RGB, inputHasAlpha: false });
}
