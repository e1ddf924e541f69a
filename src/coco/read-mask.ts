import { MaskloopError } from '../contracts/error.ts';
import type { Mask } from './mask.ts';
import type { Header } from './png/header.ts';
import { eachRow, inflateImage, type RowVisitor, type StoredImage } from './png/stored-image.ts';
import { readStructure } from './png/structure.ts';
import { unpackRow } from './png/unpack.ts';

/**
 * Reads a PNG whose pixels are values: grey of 1, 2, 4, 8 or 16 bits, palette of 1, 2, 4 or 8, or grey with alpha of 8 or
 * 16, interlaced or not. The values are the samples as stored: grey of few bits is not stretched to 8, palette images give
 * their indices. Where alpha is 0, the value is 0.
 *
 * @param where name of the file, for messages and the fact `file`
 * @returns a mask with a Uint16Array for 16 bits and a Uint8Array for all others
 * @throws MaskloopError `NotAPng`, `TruncatedPng`, `CorruptPng`, `ColourImage`, or `ImageTooLarge` above 2^28 pixels
 */
export function readMask(png: Uint8Array, where: string): Mask {
  const image = readStored(png, where);
  const { width, height } = image.header;
  return { width, height, values: valuesOf(image, where) };
}

/** Takes a PNG of values apart and inflates its image data. What it throws is part of {@link readMask}. */
export function readStored(png: Uint8Array, where: string): StoredImage {
  const structure = readStructure(png, where);
  const { channels } = structure.header;
  if (channels > 2) {
    const [colour, colourType] = channels === 3 ? ['RGB', 2] : ['RGB with alpha', 6];
    throw new MaskloopError('ColourImage', `${where} is ${colour}; its pixels are colours, not values.`, {
      facts: { file: where, colourType, colour },
    });
  }
  return inflateImage(structure, where);
}

/**
 * The values of an image, row by row. `stored` is unfiltered in place.
 *
 * @throws MaskloopError `CorruptPng` for an unknown filter
 */
export function valuesOf(image: StoredImage, where: string): Mask['values'] {
  const { width, height, bitDepth, channels } = image.header;
  const values = new (bitDepth === 16 ? Uint16Array : Uint8Array)(width * height);
  const take: RowVisitor =
    channels === 1
      ? (row, pass, at) => unpackRow(row, bitDepth, pass.width, values, at, pass.dx)
      : greyWithAlpha(image.header, values);
  eachRow(image, where, take);
  return values;
}

function greyWithAlpha({ width, bitDepth }: Header, values: Mask['values']): RowVisitor {
  const samples = new Uint16Array(2 * width);
  return (row, pass, at) => {
    unpackRow(row, bitDepth, 2 * pass.width, samples, 0, 1);
    for (let i = 0; i < pass.width; i += 1) values[at + i * pass.dx] = samples[2 * i + 1] === 0 ? 0 : samples[2 * i]!;
  };
}
