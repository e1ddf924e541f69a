import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { MaskloopError } from '../../contracts/error.ts';
import type { Dataset, DatasetImage } from '../dataset/dataset.ts';
import { shapeRuns } from '../dataset/shape-runs.ts';
import type { Mask } from '../mask.ts';
import { pixelLimit } from '../png/header.ts';
import { maskPainter, type PaintingRules } from './mask-painter.ts';
import { MaskFolders } from './mask-folders.ts';
import { maskTargets } from './mask-targets.ts';
import { paintRuns } from '../paint-runs.ts';
import { refuseExisting, writeWholeMask } from './whole-mask.ts';

export interface DecodingOptions extends PaintingRules {
  /** Folder for the masks; made if it is missing. */
  readonly outDir: string;
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

/**
 * Writes the masks of a dataset: one grey PNG an image, under the name that {@link maskTargets} says; a pixel has the value that
 * {@link maskPainter} gives for the category of its shape, without `rules` its id, and 0 where no shape is. Shapes are painted in
 * the order of their ids, so where they overlap the highest id is seen. All masks have 16 bits if a shape's value is above
 * 255, else 8; with `colours` they are in colour, as `writeColourMask` writes them. Each file appears whole or not at
 * all; after a failure or abort those written before stay.
 *
 * @throws MaskloopError `UnsafeFileName`, `MaskNameTaken`, `OutputExists`, `OutputNotWritable`, `InvalidRle`,
 * `InvalidDataset` for a category id that no mask can hold, `ImageTooLarge`, `InvalidLabelMap` for a category without a colour,
 * `InvalidValueMap` for rules that contradict themselves or the categories, or leave a category without a value, before anything
 * is written
 */
export async function decodeDataset(dataset: Dataset, options: DecodingOptions): Promise<Decoding> {
  const { outDir, overwrite = false, signal } = options;
  const targets = maskTargets(dataset, outDir);
  const painter = maskPainter(dataset, options);
  for (const { image } of targets) checkSize(image, painter.pixelBytes, dataset.where);
  if (!overwrite) await refuseExisting(targets.map(({ path }) => path));
  const folders = await MaskFolders.open(outDir);
  const overlaps: { fileName: string; pixels: number }[] = [];
  let emptyMasks = 0;
  for (const [index, { image, path }] of targets.entries()) {
    signal?.throwIfAborted();
    await folders.make(dirname(path));
    const { mask, overlapping } = maskOf(dataset, image, painter.idBits);
    if (overlapping > 0) overlaps.push({ fileName: image.fileName, pixels: overlapping });
    if (!dataset.shapes.has(image.id)) emptyMasks += 1;
    await writeWholeMask(path, painter.write(mask), overwrite);
    options.onProgress?.({ done: index + 1, total: targets.length });
    await setImmediate();
  }
  const { bitDepth, inColour } = painter;
  return { outDir, masks: targets.length, emptyMasks, bitDepth, inColour, overlaps };
}

/** Category ids of the pixels of an image. */
function maskOf(dataset: Dataset, image: DatasetImage, idBits: 8 | 16): { mask: Mask; overlapping: number } {
  const { width, height } = image;
  const mask = { width, height, values: new (idBits === 16 ? Uint16Array : Uint8Array)(width * height) };
  let overlapping = 0;
  for (const shape of (dataset.shapes.get(image.id) ?? []).toSorted((a, b) => a.id - b.id)) {
    overlapping += paintRuns(mask, shapeRuns(shape, image, dataset.where), shape.categoryId);
  }
  return { mask, overlapping };
}

/** Larger masks could not be read again; also keeps a damaged document from taking all memory. */
function checkSize({ id, fileName, width, height }: DatasetImage, pixelBytes: number, where: string): void {
  const limit = pixelLimit(pixelBytes);
  if (width * height <= limit) return;
  throw new MaskloopError(
    'ImageTooLarge',
    `${where}: image ${id} (${fileName}) has ${width} × ${height} pixels; ${limit} pixels of this kind are allowed.`,
    { facts: { file: where, image: id, fileName, width, height, limit } },
  );
}
