import { corruptPng } from './corrupt.ts';
import type { Header } from './header.ts';
import { inflateExactly } from './inflate.ts';
import { passesOf, storedBytes, type Pass } from './passes.ts';
import type { PngStructure } from './structure.ts';
import { unfilterRow } from './unfilter.ts';

/** A PNG inflated: rows as they are stored, filtered and packed. */
export interface StoredImage extends Omit<PngStructure, 'imageData'> {
  readonly passes: readonly Pass[];
  readonly stored: Uint8Array;
}

/**
 * Inflates the image data into as much memory as the header implies.
 *
 * @throws MaskloopError `CorruptPng` for data that are damaged, shorter or longer
 */
export function inflateImage({ imageData, ...rest }: PngStructure, where: string): StoredImage {
  const passes = passesOf(rest.header);
  return { ...rest, passes, stored: inflateExactly(imageData, storedBytes(passes), where) };
}

/**
 * Takes the samples of one unfiltered row: pixel `i` of the row is number `at + i * pass.dx` of the image, counted row by
 * row.
 */
export type RowVisitor = (row: Uint8Array, pass: Pass, at: number) => void;

/**
 * Undoes the filters of all rows in place, pass by pass, and hands them over.
 *
 * @throws MaskloopError `CorruptPng` for an unknown filter, and what `visit` throws
 */
export function eachRow({ header, passes, stored }: StoredImage, where: string, visit: RowVisitor): void {
  let start = 0;
  for (const pass of passes) {
    let prior: Uint8Array = new Uint8Array(pass.rowBytes);
    for (let index = 0; index < pass.height; index += 1) {
      const filter = stored[start]!;
      const row = stored.subarray(start + 1, start + 1 + pass.rowBytes);
      const y = pass.y + index * pass.dy;
      if (!unfilterRow(filter, row, prior, pixelStep(header))) {
        throw corruptPng(where, `its row ${y} has the unknown filter ${filter}`, { row: y, filter });
      }
      visit(row, pass, y * header.width + pass.x);
      prior = row;
      start += 1 + pass.rowBytes;
    }
  }
}

/** Bytes from one pixel to the next, at least 1, as filters count them. */
function pixelStep({ channels, bitDepth }: Header): number {
  return Math.max(1, (channels * bitDepth) / 8);
}
