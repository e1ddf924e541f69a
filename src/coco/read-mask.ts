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
  const { header, imageData } = readStructure(png, where);
  const passes = passesOf(header);
  const stored = inflateExactly(imageData, storedBytes(passes), where);
  const { width, height } = header;
  const values = new (header.bitDepth === 16 ? Uint16Array : Uint8Array)(width * height);
  let at = 0;
  for (const pass of passes) at = readPass(stored, at, pass, header, values, where);
  return { width, height, values };
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
