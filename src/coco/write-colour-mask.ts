import { PNG } from 'pngjs';
import type { ConversionRules } from '../contracts/conversion.ts';
import { colourTable } from './colour-table.ts';
import type { Mask } from './mask.ts';

/** Colour types of PNG: red, green and blue; the same with alpha. */
const RGB = 2;
const RGBA = 6;
const SAMPLES = 3;
const OPAQUE = 255;

/**
 * Writes a mask as an RGB PNG of 8 bits a sample, each value in its colour. Where 0 has none, the PNG has alpha, and pixels of 0
 * are transparent: every mask of the same colours has the same layout.
 *
 * @param colours as {@link colourTable} takes them
 * @throws MaskloopError `InvalidLabelMap` for a value but 0 that has no colour
 */
export function writeColourMask(mask: Mask, colours: NonNullable<ConversionRules['colours']>): Uint8Array {
  const { width, height, values } = mask;
  const table = colourTable(colours, new Set(values));
  const hasAlpha = !table.has(0);
  const step = hasAlpha ? SAMPLES + 1 : SAMPLES;
  const data = Buffer.alloc(step * values.length);
  for (let i = 0; i < values.length; i += 1) {
    const samples = table.get(values[i]!);
    if (samples === undefined) continue;
    data.set(samples, step * i);
    if (hasAlpha) data[step * i + SAMPLES] = OPAQUE;
  }
  const png = new PNG({ width, height });
  png.data = data;
  const colorType = hasAlpha ? RGBA : RGB;
  return PNG.sync.write(png, { colorType, inputColorType: colorType, inputHasAlpha: hasAlpha });
}
