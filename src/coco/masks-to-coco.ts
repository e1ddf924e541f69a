import { join } from 'node:path';
import type { Category } from '../contracts/categories.ts';
import { DEFAULT_RULES, type ConversionRules } from '../contracts/conversion.ts';
import { DatasetWriter, type WrittenDataset } from './dataset-writer.ts';
import { documentName } from './document-name.ts';
import { PLAIN_FORMAT, type DocumentFormat } from './document-writer.ts';
import { requireMasks } from './list-masks.ts';
import { inThisThread, type MaskBatches } from './mask-batches.ts';
import type { MaskReading } from './mask-converter.ts';
import { maskReading } from './mask-reading.ts';
import type { MaskFile } from './read-mask-file.ts';

/** What is converted, and how. */
interface CommonOptions {
  /** Names the document and stands in its description. */
  readonly task: string;
  /** Follows the task in the file name; empty if left out. */
  readonly suffix?: string;
  readonly categories: readonly Category[];
  /** `DEFAULT_RULES` if left out. */
  readonly rules?: ConversionRules;
  /** Folder for the documents; must exist. */
  readonly outDir: string;
  /** Also write `{task}{suffix}.cvat.json`, where each annotation carries `attributes: {"source": "auto"}`. */
  readonly preannotations?: boolean;
  /** The notebook's layout as plain text if left out. */
  readonly format?: DocumentFormat;
  /** Where the work is done; in this thread if left out. */
  readonly batches?: MaskBatches;
  /** Looked at between masks; the conversion ends with the reason of the signal. */
  readonly signal?: AbortSignal;
  /** Told after each mask. */
  readonly onProgress?: (progress: { done: number; total: number }) => void;
}

/** A folder of masks. */
export interface ConversionOptions extends CommonOptions {
  readonly maskDir: string;
}

/** Masks wherever they lie, under their names, in the order of the document. */
export interface FileConversionOptions extends CommonOptions {
  readonly names: readonly string[];
  /** As many as there are names. */
  readonly files: Iterable<MaskFile>;
}

export interface Conversion extends WrittenDataset {
  /** Entries of the mask folder that were left out; see {@link requireMasks}. */
  readonly ignoredFiles: number;
}

/**
 * Converts a folder of PNG masks to a COCO document: an image for each mask in the order of {@link requireMasks}, an
 * annotation for each category in it (or component of one) in ascending order, ids from 1. The documents appear whole when
 * all is done, or, after a failure or abort, not at all.
 *
 * @throws MaskloopError what {@link requireMasks}, {@link maskReading} and {@link MaskBatches.convert} throw, `InvalidName`,
 * `OutputNotWritable`
 */
export async function masksToCoco(options: ConversionOptions): Promise<Conversion> {
  const { maskDir } = options;
  options.signal?.throwIfAborted();
  checkOptions(options);
  const { masks, ignored } = await requireMasks(maskDir);
  return {
    ...(await filesToCoco({ ...options, names: masks, files: filesIn(maskDir, masks) })),
    ignoredFiles: ignored,
  };
}

/** {@link masksToCoco} of files that are known already. @throws MaskloopError as it, but for what listing a folder throws */
export async function filesToCoco(options: FileConversionOptions): Promise<WrittenDataset> {
  const { name, reading } = checkOptions(options);
  const { outDir, preannotations = false, format = PLAIN_FORMAT } = options;
  const writer = await DatasetWriter.create({ outDir, name, preannotations, format });
  try {
    await addAll(writer, reading, options);
    await writer.seal({ categories: options.categories, description: descriptionOf(options.task) });
    options.signal?.throwIfAborted();
    return await writer.publish();
  } finally {
    await writer.discard();
  }
}

/** The name of the document and how masks are read. @throws MaskloopError where that cannot be */
function checkOptions(options: CommonOptions): { readonly name: string; readonly reading: MaskReading } {
  const name = documentName(options.task, options.suffix ?? '');
  return { name, reading: maskReading(options.categories, options.rules ?? DEFAULT_RULES) };
}

/** What a document says of itself. */
export function descriptionOf(task: string): string {
  return `Dataset for ${task} with segmentation masks`;
}

async function addAll(writer: DatasetWriter, reading: MaskReading, options: FileConversionOptions): Promise<void> {
  const { batches = inThisThread, names, files, signal } = options;
  let done = 0;
  for await (const batch of batches.convert(files, reading, signal)) {
    for (const mask of batch) {
      await writer.addMask(names[done]!, mask);
      done += 1;
      options.onProgress?.({ done, total: names.length });
    }
    signal?.throwIfAborted();
  }
}

/** One at a time: the paths of a million masks are longer than their names. */
function* filesIn(dir: string, names: readonly string[]): Generator<MaskFile> {
  for (const name of names) yield { path: join(dir, name) };
}
