import type { Mask } from './mask.ts';
import { corruptPng } from './png/corrupt.ts';
import type { Header } from './png/header.ts';
import { inflateExactly } from './png/inflate.ts';
import { passesOf, storedBytes, type Pass } from './png/passes.ts';
import { readStructure } from './png/structure.ts';
import { unfilterRow } from './png/unfilter.ts';
import { unpackRow } from './png/unpack.ts';

/**
 * Reads a single-channel PNG: grey of 1, 2, 4, 8 or 16 bits or palette of 1, 2, 4 or 8, interlaced or not. The values
 * are the samples as stored: grey of few bits is not stretched to 8, palette images give their indices.
 *
 * @param where name of the file, for messages and the fact `file`
 * @returns a mask with a Uint16Array for 16-bit grey and a Uint8Array for all others
 * @throws MaskloopError `NotAPng`, `TruncatedPng`, `CorruptPng`, `ColourImage`, or `ImageTooLarge` above 2^28 pixels
 */
export function readMask(png: Uint8Array, where: string): Mask {
  const image = readStored(png, where);
  const { width, height } = image.header;
  return { width, height, values: valuesOf(image, where) };
}

/** A PNG inflated: rows as they are stored, filtered and packed. */
export interface StoredImage {
  readonly header: Header;
  readonly passes: readonly Pass[];
  readonly stored: Uint8Array;
}

/** Takes a PNG apart and inflates its image data. What it throws is part of {@link readMask}. */
export function readStored(png: Uint8Array, where: string): StoredImage {
  const { header, imageData } = readStructure(png, where);
  const passes = passesOf(header);
  return { header, passes, stored: inflateExactly(imageData, storedBytes(passes), where) };
}

/**
 * The samples of an image, row by row. `stored` is unfiltered in place.
 *
 * @throws MaskloopError `CorruptPng` for an unknown filter
 */
export function valuesOf({ header, passes, stored }: StoredImage, where: string): Mask['values'] {
  const values = new (header.bitDepth === 16 ? Uint16Array : Uint8Array)(header.width * header.height);
  let at = 0;
  for (const pass of passes) at = readPass(stored, at, pass, header, values, where);
  return values;
}

/** Reads the rows of one pass from `stored[at]` on and returns where the next pass begins. */
function readPass(
  stored: Uint8Array,
  at: number,
  pass: Pass,
  header: Header,
  values: Mask['values'],
  where: string,
): number {
  const step = header.bitDepth === 16 ? 2 : 1;
  let prior: Uint8Array = new Uint8Array(pass.rowBytes);
  let start = at;
  for (let index = 0; index < pass.height; index += 1) {
    const filter = stored[start]!;
    const row = stored.subarray(start + 1, start + 1 + pass.rowBytes);
    const y = pass.y + index * pass.dy;
    if (!unfilterRow(filter, row, prior, step)) {
      throw corruptPng(where, `its row ${y} has the unknown filter ${filter}`, { row: y, filter });
    }
    unpackRow(row, header.bitDepth, pass.width, values, y * header.width + pass.x, pass.dx);
    prior = row;
    start += 1 + pass.rowBytes;
  }
  return start;
}
