import { MAX_CHANGES } from '../changes.ts';
import { AlignedRow } from './aligned-row.ts';
import type { ChangedPixels } from './changed-pixels.ts';
import { corruptPng } from './corrupt.ts';
import type { Header } from './header.ts';
import { collectRow } from './word-rows.ts';

/** Of so many pixels one may have changed; where more did, looking at all of them is no slower and takes less memory. */
const MIN_PIXELS_PER_CHANGE = 4;

/** True for images that {@link collectChanged} can read: a byte for each pixel, row after row. */
export function isBytewise(header: Header): boolean {
  return header.bitDepth === 8 && !header.interlaced;
}

/**
 * Undoes the filters of an image with a byte for each pixel, and keeps no more of it than the pixels that differ from
 * the one above them.
 *
 * @param inflated rows with their filter bytes; not changed
 * @param changed is emptied first and then holds the result
 * @returns false if so many pixels differ that a walk over the whole image is the better way
 * @throws MaskloopError `CorruptPng` for an unknown filter
 */
export function collectChanged(inflated: Uint8Array, header: Header, changed: ChangedPixels, where: string): boolean {
  const { width, height } = header;
  const limit = Math.min(MAX_CHANGES, Math.ceil((width * height) / MIN_PIXELS_PER_CHANGE));
  // Words can be read only where they begin at a multiple of four. The slice of a Buffer would be no copy.
  const stored = inflated.byteOffset % Int32Array.BYTES_PER_ELEMENT === 0 ? inflated : new Uint8Array(inflated);
  const storedWords = new Int32Array(stored.buffer, stored.byteOffset, stored.length >> 2);
  const line = { stored, storedWords, row: new AlignedRow(width), changed, start: 0, y: 0 };
  changed.length = 0;
  for (let y = 0, at = 0; y < height; y += 1, at += 1 + width) {
    changed.reserve(width);
    line.y = y;
    line.start = at + 1;
    const filter = stored[at]!;
    if (!collectRow(filter, line)) {
      throw corruptPng(where, `its row ${y} has the unknown filter ${filter}`, { row: y, filter });
    }
    if (changed.length > limit) return false;
  }
  return true;
}
