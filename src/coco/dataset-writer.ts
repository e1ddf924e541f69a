import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Category } from '../contracts/categories.ts';
import type { ConvertedMask, DroppedComponents } from './converted-mask.ts';
import { DocumentWriter, PLAIN_FORMAT, type DocumentFormat } from './document-writer.ts';
import { SkippedPixels } from './skipped-pixels.ts';
import { TemporaryFile } from './temporary-file.ts';

/** What is written, and where. */
export interface DatasetTarget {
  /** Folder for the documents; must exist. */
  readonly outDir: string;
  /** Of the documents, without an extension. */
  readonly name: string;
  /** Also write `{name}.cvat.json`, where each annotation carries `attributes: {"source": "auto"}`. */
  readonly preannotations: boolean;
  /** The notebook's layout as plain text if left out. With gzip, names end in `.json.gz`. */
  readonly format?: DocumentFormat;
}

/** What was written. */
export interface WrittenDataset {
  readonly documentPath: string;
  /** Null unless asked for. */
  readonly preannotationsPath: string | null;
  readonly images: number;
  readonly annotations: number;
  /** Pixels that were left out because no category declares their value or the rules say so, by value or colour. */
  readonly skippedPixels: Record<string, number>;
  /** Components that were left out because they are too small. */
  readonly dropped: DroppedComponents;
}

/** One of the files, and what sets its annotations apart. */
interface Output {
  readonly path: string;
  readonly extra: { readonly attributes?: { readonly source: 'auto' } };
  readonly writer: DocumentWriter;
}

/**
 * Writes a dataset mask by mask: an image for each, with an annotation for each of its shapes, ids from 1. The documents
 * appear whole with {@link publish}, or not at all. All methods but {@link discard} throw MaskloopError `OutputNotWritable`.
 */
export class DatasetWriter {
  readonly #outputs: readonly Output[];
  readonly #skipped = new SkippedPixels();
  readonly #dropped = { components: 0, pixels: 0 };
  #images = 0;
  #annotations = 0;

  private constructor(outputs: readonly Output[]) {
    this.#outputs = outputs;
  }

  static async create({ outDir, name, preannotations, format = PLAIN_FORMAT }: DatasetTarget): Promise<DatasetWriter> {
    const ending = format.gzip ? 'json.gz' : 'json';
    const targets: Omit<Output, 'writer'>[] = [{ path: join(outDir, `${name}.${ending}`), extra: {} }];
    if (preannotations) {
      targets.push({ path: join(outDir, `${name}.cvat.${ending}`), extra: { attributes: { source: 'auto' } } });
    }
    for (const { path } of targets) await TemporaryFile.checkTarget(path);
    const outputs: Output[] = [];
    try {
      for (const target of targets) outputs.push({ ...target, writer: await DocumentWriter.create(outDir, format) });
      return new DatasetWriter(outputs);
    } catch (error) {
      for (const { writer } of outputs) await writer.discard();
      throw error;
    }
  }

  async addMask(fileName: string, { width, height, shapes, skipped, dropped }: ConvertedMask): Promise<void> {
    this.#images += 1;
    const imageId = this.#images;
    this.#skipped.add(skipped);
    this.#dropped.components += dropped.components;
    this.#dropped.pixels += dropped.pixels;
    for (const { writer } of this.#outputs) {
      await writer.addImage({ id: imageId, file_name: fileName, width, height });
    }
    for (const { categoryId, counts, area, bbox } of shapes) {
      this.#annotations += 1;
      const segmentation = { size: [height, width], counts } as const;
      const ids = { id: this.#annotations, image_id: imageId, category_id: categoryId };
      for (const { writer, extra } of this.#outputs) {
        await writer.addAnnotation({ ...ids, segmentation, area, bbox, iscrowd: 0, ...extra });
      }
    }
  }

  /** Completes all documents and brings them to the disk. */
  async seal(tail: { readonly categories: readonly Category[]; readonly description: string }): Promise<void> {
    for (const { writer } of this.#outputs) await writer.seal(tail);
  }

  /** Gives all documents their names; if one cannot have its own, those before it are taken away again. */
  async publish(): Promise<WrittenDataset> {
    const published: string[] = [];
    try {
      for (const { writer, path } of this.#outputs) {
        await writer.publish(path);
        published.push(path);
      }
    } catch (error) {
      for (const path of published) await rm(path, { force: true });
      throw error;
    }
    const [documentPath = '', preannotationsPath = null] = published;
    return {
      documentPath,
      preannotationsPath,
      images: this.#images,
      annotations: this.#annotations,
      skippedPixels: this.#skipped.counts(),
      dropped: this.#dropped,
    };
  }

  /** Removes whatever was not published; always the last call. */
  async discard(): Promise<void> {
    for (const { writer } of this.#outputs) await writer.discard();
  }
}
