import type { Category } from '../contracts/categories.ts';
import type { CocoAnnotation, CocoImage } from './coco.ts';
import { NOTEBOOK_LAYOUT, type DocumentLayout } from './document-layout.ts';
import { TemporaryFile } from './temporary-file.ts';

/** How a document is written. */
export interface DocumentFormat {
  readonly layout: DocumentLayout;
  /** Packs the whole document by gzip. */
  readonly gzip: boolean;
}

/** The notebook's layout, as plain text. */
export const PLAIN_FORMAT: DocumentFormat = { layout: NOTEBOOK_LAYOUT, gzip: false };

/**
 * Writes a COCO document piece by piece. The format wants all images before the first annotation while both come mask by
 * mask, so annotations wait in a file of their own: memory does not grow with the masks.
 */
export class DocumentWriter {
  #document: TemporaryFile;
  readonly #annotations: TemporaryFile;
  readonly #format: DocumentFormat;
  #imageCount = 0;
  #annotationCount = 0;

  private constructor(document: TemporaryFile, annotations: TemporaryFile, format: DocumentFormat) {
    this.#document = document;
    this.#annotations = annotations;
    this.#format = format;
  }

  /** @throws MaskloopError `OutputNotWritable`, as all methods but {@link discard} */
  static async create(dir: string, format = PLAIN_FORMAT): Promise<DocumentWriter> {
    const document = await TemporaryFile.create(dir);
    try {
      const writer = new DocumentWriter(document, await TemporaryFile.create(dir), format);
      await document.write(`{${format.layout.beforeMember}"images": [`);
      return writer;
    } catch (error) {
      await document.discard();
      throw error;
    }
  }

  async addImage(image: CocoImage): Promise<void> {
    const { layout } = this.#format;
    await this.#document.write(comma(this.#imageCount) + layout.beforeItem + layout.image(image));
    this.#imageCount += 1;
  }

  async addAnnotation(annotation: CocoAnnotation): Promise<void> {
    const { layout } = this.#format;
    await this.#annotations.write(comma(this.#annotationCount) + layout.beforeItem + layout.annotation(annotation));
    this.#annotationCount += 1;
  }

  /** Completes the document and brings it to the disk; {@link publish} may follow. */
  async seal(tail: { categories: readonly Category[]; description: string }): Promise<void> {
    const { layout, gzip } = this.#format;
    const document = this.#document;
    await document.write(`${this.#listEnd(this.#imageCount)},${layout.beforeMember}"annotations": [`);
    await document.append(this.#annotations);
    await document.write(this.#listEnd(this.#annotationCount));
    const members = { categories: tail.categories, info: { description: tail.description }, licenses: [] };
    for (const [name, value] of Object.entries(members)) {
      await document.write(`,${layout.beforeMember}"${name}": ${layout.tail(value)}`);
    }
    await document.write('\n}');
    if (gzip) {
      this.#document = await document.packed();
      await document.discard();
    }
    await this.#document.seal();
  }

  /** Puts the sealed document in its place. */
  async publish(path: string): Promise<void> {
    await this.#document.publish(path);
  }

  /** Removes whatever was not published; always the last call. */
  async discard(): Promise<void> {
    await this.#document.discard();
    await this.#annotations.discard();
  }

  #listEnd(items: number): string {
    return items === 0 ? ']' : `${this.#format.layout.beforeMember}]`;
  }
}

function comma(before: number): string {
  return before === 0 ? '' : ',';
}
