import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { ConversionRules } from '../../contracts/conversion.ts';
import { MaskloopError } from '../../contracts/error.ts';
import { colourTable } from '../colour-table.ts';
import type { Dataset, DatasetImage } from '../dataset/dataset.ts';
import { shapeRuns } from '../dataset/shape-runs.ts';
import type { Mask } from '../mask.ts';
import { writeColourMask } from '../write-colour-mask.ts';
import { writeMask } from '../write-mask.ts';
import { MaskFolders } from './mask-folders.ts';
import { maskTargets } from './mask-targets.ts';
import { paintRuns } from '../paint-runs.ts';
import { refuseExisting, writeWholeMask } from './whole-mask.ts';

export interface DecodingOptions {
  /** Folder for the masks; made if it is missing. */
  readonly outDir: string;
  /** Write RGB masks: the colour of each category id, as the conversion rules have them; else masks are grey. */
  readonly colours?: NonNullable<ConversionRules['colours']>;
  /** Replace files that are there. */
  readonly overwrite?: boolean;
  /** Looked at before each mask; the decoding ends with the reason of the signal. */
  readonly signal?: AbortSignal;
  /** Told after each mask. */
  readonly onProgress?: (progress: { done: number; total: number }) => void;
}

export interface Decoding {
  readonly outDir: string;
  readonly masks: number;
  /** Masks without any shape: all background. */
  readonly emptyMasks: number;
  /** Bits of a pixel, or of each of its three samples. */
  readonly bitDepth: 8 | 16;
  readonly inColour: boolean;
  /** Pixels on which a shape lies over one of a lower id, by image; images without are left out. */
  readonly overlaps: readonly { readonly fileName: string; readonly pixels: number }[];
}

/** Larger masks could not be read again; also keeps a damaged document from taking all memory. */
const MAX_PIXELS = 2 ** 28;
/** No PNG sample is larger. */
const MAX_VALUE = 65_535;

/**
 * Writes the masks of a dataset: one grey PNG an image, under the name that {@link maskTargets} says; a pixel has the id
 * of the category of its shape, 0 where no shape is. Shapes are painted in the order of their ids, so where they overlap
 * the highest id is seen. All masks have 16 bits if a shape's category id is above 255, else 8; with `colours` they are RGB
 * of 8 bits. Each file appears whole or not at all; after a failure or abort those written before stay.
 *
 * @throws MaskloopError `UnsafeFileName`, `MaskNameTaken`, `OutputExists`, `OutputNotWritable`, `InvalidRle`,
 * `InvalidDataset` for a category id that no mask can hold, `ImageTooLarge`, `InvalidLabelMap` for a category without a colour, before
 * anything is written
 */
export async function decodeDataset(dataset: Dataset, options: DecodingOptions): Promise<Decoding> {
  const { outDir, overwrite = false, signal, colours } = options;
  const targets = maskTargets(dataset, outDir);
  const bitDepth = highestValue(dataset) > 255 ? 16 : 8;
  for (const { image } of targets) checkSize(image, dataset.where);
  if (colours !== undefined) colourTable(colours, [0, ...usedValues(dataset)]);
  if (!overwrite) await refuseExisting(targets.map(({ path }) => path));
  const folders = await MaskFolders.open(outDir);
  const overlaps: { fileName: string; pixels: number }[] = [];
  let emptyMasks = 0;
  for (const [index, { image, path }] of targets.entries()) {
    signal?.throwIfAborted();
    await folders.make(dirname(path));
    const { mask, overlapping } = maskOf(dataset, image, bitDepth);
    if (overlapping > 0) overlaps.push({ fileName: image.fileName, pixels: overlapping });
    if (!dataset.shapes.has(image.id)) emptyMasks += 1;
    const png = colours === undefined ? writeMask(mask, 'up') : writeColourMask(mask, colours);
    await writeWholeMask(path, png, overwrite);
    options.onProgress?.({ done: index + 1, total: targets.length });
    await setImmediate();
  }
  const inColour = colours !== undefined;
  return { outDir, masks: targets.length, emptyMasks, bitDepth: inColour ? 8 : bitDepth, inColour, overlaps };
}

function maskOf(dataset: Dataset, image: DatasetImage, bitDepth: 8 | 16): { mask: Mask; overlapping: number } {
  const { width, height } = image;
  const values = new (bitDepth === 16 ? Uint16Array : Uint8Array)(width * height);
  const mask = { width, height, values };
  let overlapping = 0;
  for (const shape of (dataset.shapes.get(image.id) ?? []).toSorted((a, b) => a.id - b.id)) {
    overlapping += paintRuns(mask, shapeRuns(shape, image, dataset.where), shape.categoryId);
  }
  return { mask, overlapping };
}

/** The category ids that shapes have, ascending. */
function usedValues({ shapes }: Dataset): readonly number[] {
  const values = new Set([...shapes.values()].flatMap((ofImage) => ofImage.map(({ categoryId }) => categoryId)));
  return [...values].toSorted((a, b) => a - b);
}

/** The highest category id that a shape has; 0 without shapes. */
function highestValue({ shapes, where }: Dataset): number {
  let highest = 0;
  for (const ofImage of shapes.values()) {
    for (const { id, categoryId } of ofImage) {
      if (categoryId < 1 || categoryId > MAX_VALUE) {
        throw new MaskloopError(
          'InvalidDataset',
          `${where} cannot become masks: annotation ${id} is of category ${categoryId}; a mask holds ids from 1 to ${MAX_VALUE}.`,
          { facts: { file: where, annotation: id, category: categoryId } },
        );
      }
      highest = Math.max(highest, categoryId);
    }
  }
  return highest;
}

function checkSize({ id, fileName, width, height }: DatasetImage, where: string): void {
  if (width * height <= MAX_PIXELS) return;
  throw new MaskloopError(
    'ImageTooLarge',
    `${where}: image ${id} (${fileName}) has ${width} × ${height} pixels; ${MAX_PIXELS} pixels are allowed.`,
    { facts: { file: where, image: id, fileName, width, height, limit: MAX_PIXELS } },
  );
}
