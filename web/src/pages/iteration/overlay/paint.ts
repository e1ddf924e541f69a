import type { Stretches } from './stretches.ts';
import { TILE_SIDE, type Tile } from './tile.ts';

/** Pixels of a frame, row by row, as a canvas takes them. */
export interface Surface {
  readonly pixels: Uint32Array;
  readonly width: number;
  readonly height: number;
}

const WITHIN = TILE_SIDE - 1;
const ROW_SHIFT = Math.log2(TILE_SIDE);

/**
 * Rows that are painted together. Sets go down the columns and pixels lie along the rows: so many lines stay in the processor's
 * nearest cache while all columns are gone through.
 */
const BAND_ROWS = 64;

/**
 * Paints a set of pixels with a tile, over what was there.
 *
 * @param zoom each pixel of the tile covers `2 ** zoom` pixels of the frame in each direction
 */
export function paint(surface: Surface, set: Stretches, tile: Tile, zoom: number): void {
  const { pixels, width, height } = surface;
  const pieces = piecesOf(set, surface);
  for (let top = 0; top < height; top += BAND_ROWS) {
    const bottom = top + BAND_ROWS;
    for (let i = 0; i < pieces.length; i += 3) {
      const end = Math.min(pieces[i + 2]!, bottom);
      let y = Math.max(pieces[i + 1]!, top);
      if (y >= end) continue;
      const x = pieces[i]!;
      const column = (x >> zoom) & WITHIN;
      for (let at = y * width + x; y < end; y += 1, at += width) {
        pixels[at] = tile[(((y >> zoom) & WITHIN) << ROW_SHIFT) | column]!;
      }
    }
  }
}

/** Stretches cut at the ends of columns: `[x, first row, row after the last, …]`. */
function piecesOf(set: Stretches, { width, height }: Surface): Int32Array {
  const pieces = new Int32Array(3 * (set.length / 2 + width));
  let used = 0;
  for (let i = 0; i < set.length; i += 2) {
    for (let start = set[i]!; start < set[i + 1]!;) {
      const x = Math.floor(start / height);
      const end = Math.min(set[i + 1]!, (x + 1) * height);
      pieces[used] = x;
      pieces[used + 1] = start - x * height;
      pieces[used + 2] = end - x * height;
      used += 3;
      start = end;
    }
  }
  return pieces.subarray(0, used);
}
