import { ColourTally, type ColourEntry } from './colour-tally.ts';
import type { Mask } from './mask.ts';
import { pixelColours } from './png/pixel-colours.ts';
import { release } from './png/release.ts';
import { eachRow, inflateImage, type StoredImage } from './png/stored-image.ts';
import { readStructure } from './png/structure.ts';
import { unpackRow } from './png/unpack.ts';

/** A mask whose pixels are colours. */
export interface ColourMask {
  /** What the colours count as; unknown ones as 0. */
  readonly mask: Mask;
  /** In the order in which the mask shows them, row by row. */
  readonly unknown: readonly ColourEntry[];
}

/**
 * Reads a PNG of any layout by the colours of its pixels; fully transparent ones count as 0.
 *
 * @param table values from 0 to 65,535 by colour, as `colourOf` numbers them
 * @throws MaskloopError `NotAPng`, `TruncatedPng`, `CorruptPng`, `ImageTooLarge`
 */
export function readColours(png: Uint8Array, table: ReadonlyMap<number, number>, where: string): ColourMask {
  const image = inflateImage(readStructure(png, where), where);
  try {
    const { width, height } = image.header;
    const tally = new ColourTally(table);
    const values = new Uint16Array(width * height);
    fill(values, image, tally, where);
    return { mask: { width, height, values }, unknown: tally.unknown() };
  } finally {
    release(image.stored);
  }
}

function fill(values: Uint16Array, image: StoredImage, tally: ColourTally, where: string): void {
  const { width, channels, bitDepth } = image.header;
  const colourAt = pixelColours(image, where);
  const unpacked = new Uint16Array(bitDepth === 8 ? 0 : channels * width);
  eachRow(image, where, (row, pass, at) => {
    if (bitDepth !== 8) unpackRow(row, bitDepth, channels * pass.width, unpacked, 0, 1);
    const samples = bitDepth === 8 ? row : unpacked;
    for (let x = 0; x < pass.width;) {
      const end = endOfStretch(samples, x, pass.width, channels);
      const entry = tally.entryOf(colourAt(samples, channels * x));
      entry.first = Math.min(entry.first, at + x * pass.dx);
      entry.pixels += end - x;
      paint(values, entry.value ?? 0, at, x, end, pass.dx);
      x = end;
    }
  });
}

/** Where the pixels end that equal the one at `x`. */
function endOfStretch(samples: Uint8Array | Uint16Array, x: number, width: number, channels: number): number {
  const end = channels * width;
  let i = channels * (x + 1);
  while (i < end && samples[i] === samples[i - channels]) i += 1;
  return Math.floor(i / channels);
}

/** Gives the pixels of a row from `x` to `end` a value; they are 0 already. */
function paint(values: Uint16Array, value: number, at: number, x: number, end: number, step: number): void {
  if (value === 0) return;
  if (step === 1) values.fill(value, at + x, at + end);
  else for (let i = x; i < end; i += 1) values[at + i * step] = value;
}
