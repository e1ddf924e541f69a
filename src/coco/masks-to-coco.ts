import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Category } from '../contracts/categories.ts';
import { MaskloopError } from '../contracts/error.ts';
import { declaredRuns } from './declared-runs.ts';
import { documentName } from './document-name.ts';
import { DocumentWriter } from './document-writer.ts';
import { unreadable } from './file-failures.ts';
import { listMasks } from './list-masks.ts';
import { encodeCounts } from './rle.ts';
import { RunsReader } from './runs-reader.ts';
import { TemporaryFile } from './temporary-file.ts';

export interface ConversionOptions {
  readonly maskDir: string;
  /** Names the document and stands in its description. */
  readonly task: string;
  /** Follows the task in the file name; empty if left out. */
  readonly suffix?: string;
  readonly categories: readonly Category[];
  /** What to do with values that no category declares: `error` (if left out), or `skip` their pixels and count them. */
  readonly unknown?: 'error' | 'skip';
  /** Folder for the documents; must exist. */
  readonly outDir: string;
  /** Also write `{task}{suffix}.cvat.json`, where each annotation carries `attributes: {"source": "auto"}`. */
  readonly preannotations?: boolean;
  /** Looked at before each mask; the conversion ends with the reason of the signal. */
  readonly signal?: AbortSignal;
  /** Told after each mask. */
  readonly onProgress?: (progress: { done: number; total: number }) => void;
}

export interface Conversion {
  readonly documentPath: string;
  /** Null unless asked for. */
  readonly preannotationsPath: string | null;
  readonly images: number;
  readonly annotations: number;
  /** Entries of the mask folder that were left out; see {@link listMasks}. */
  readonly ignoredFiles: number;
  /** Pixels left out by `unknown: 'skip'`, by value. */
  readonly skippedPixels: Record<string, number>;
}

/** After so many masks the rest of the process has its turn: an abort, a heartbeat. */
const MASKS_PER_TURN = 8;

/** One of the files that a conversion writes, and what sets its annotations apart. */
interface Output {
  readonly path: string;
  readonly extra: { readonly attributes?: { readonly source: 'auto' } };
  readonly writer: DocumentWriter;
}

/**
 * Converts a folder of PNG masks to a COCO document: an image for each mask in the order of {@link listMasks}, an
 * annotation for each category in it in ascending order, ids from 1. The documents appear whole when all is done, or,
 * after a failure or abort, not at all.
 *
 * @throws MaskloopError what {@link listMasks} and {@link RunsReader.read} throw, `EmptyMaskFolder`, `UndeclaredCategory`,
 * `InvalidName`, `OutputNotWritable`
 */
export async function masksToCoco(options: ConversionOptions): Promise<Conversion> {
  options.signal?.throwIfAborted();
  const name = documentName(options.task, options.suffix ?? '');
  const { masks, ignored } = await listMasks(options.maskDir);
  if (masks.length === 0) {
    throw new MaskloopError('EmptyMaskFolder', `${options.maskDir} holds no PNG file.`, {
      facts: { folder: options.maskDir, ignoredFiles: ignored },
    });
  }
  const documentPath = join(options.outDir, `${name}.json`);
  const preannotationsPath = options.preannotations === true ? join(options.outDir, `${name}.cvat.json`) : null;
  const outputs: Output[] = [];
  try {
    for (const path of [documentPath, preannotationsPath]) if (path !== null) await TemporaryFile.checkTarget(path);
    outputs.push({ path: documentPath, extra: {}, writer: await DocumentWriter.create(options.outDir) });
    if (preannotationsPath !== null) {
      const extra = { attributes: { source: 'auto' } } as const;
      outputs.push({ path: preannotationsPath, extra, writer: await DocumentWriter.create(options.outDir) });
    }
    const counted = await convertAll(masks, options, outputs);
    const description = `Dataset for ${options.task} with segmentation masks`;
    for (const { writer } of outputs) await writer.seal({ categories: options.categories, description });
    options.signal?.throwIfAborted();
    await publishAll(outputs);
    return { documentPath, preannotationsPath, images: masks.length, ignoredFiles: ignored, ...counted };
  } finally {
    for (const { writer } of outputs) await writer.discard();
  }
}

async function convertAll(
  masks: readonly string[],
  options: ConversionOptions,
  outputs: readonly Output[],
): Promise<Pick<Conversion, 'annotations' | 'skippedPixels'>> {
  const declared = new Set(options.categories.map(({ id }) => id));
  const skippedPixels: Record<string, number> = {};
  const reader = new RunsReader();
  let annotations = 0;
  for (const [index, name] of masks.entries()) {
    options.signal?.throwIfAborted();
    const path = join(options.maskDir, name);
    const mask = reader.read(readBytes(path), path);
    const { classes, undeclared } = declaredRuns(mask.classes, declared, options.unknown ?? 'error', path);
    for (const { value, area } of undeclared) skippedPixels[value] = (skippedPixels[value] ?? 0) + area;
    const imageId = index + 1;
    const { width, height } = mask;
    for (const { writer } of outputs) await writer.addImage({ id: imageId, file_name: name, width, height });
    for (const { value, runs, area, bbox } of classes) {
      annotations += 1;
      const segmentation = { size: [height, width], counts: encodeCounts(runs) } as const;
      const annotation = { id: annotations, image_id: imageId, category_id: value, segmentation, area, bbox } as const;
      for (const { writer, extra } of outputs) await writer.addAnnotation({ ...annotation, iscrowd: 0, ...extra });
    }
    options.onProgress?.({ done: imageId, total: masks.length });
    if (imageId % MASKS_PER_TURN === 0) await setImmediate();
  }
  return { annotations, skippedPixels };
}

/** Waits for the disk: for files of a few kB, an asynchronous read takes several times as long. */
function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Gives all documents their names; if one cannot have its own, those before it are taken away again. */
async function publishAll(outputs: readonly Output[]): Promise<void> {
  const published: string[] = [];
  try {
    for (const { writer, path } of outputs) {
      await writer.publish(path);
      published.push(path);
    }
  } catch (error) {
    for (const path of published) await rm(path, { force: true });
    throw error;
  }
}
