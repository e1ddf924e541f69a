import type { Category } from '../contracts/categories.ts';
import type { CocoAnnotation, CocoImage } from './coco.ts';
import { annotationText } from './annotation-text.ts';
import { lineAt, pythonJson, type PythonValue } from './python-json.ts';
import { TemporaryFile } from './temporary-file.ts';

/** Depth of the document's members and of the items in their lists. */
const MEMBER = 1;
const ITEM = 2;

/**
 * Writes a COCO document piece by piece in the layout of Python's `json.dump(indent=4)`. The format wants all images
 * before the first annotation while both come mask by mask, so annotations wait in a file of their own: memory
 * does not grow with the masks.
 */
export class DocumentWriter {
  readonly #document: TemporaryFile;
  readonly #annotations: TemporaryFile;
  #imageCount = 0;
  #annotationCount = 0;

  private constructor(document: TemporaryFile, annotations: TemporaryFile) {
    this.#document = document;
    this.#annotations = annotations;
  }

  /** @throws MaskloopError `OutputNotWritable`, as all methods but {@link discard} */
  static async create(dir: string): Promise<DocumentWriter> {
    const document = await TemporaryFile.create(dir);
    try {
      const writer = new DocumentWriter(document, await TemporaryFile.create(dir));
      await document.write(`{${lineAt(MEMBER)}"images": [`);
      return writer;
    } catch (error) {
      await document.discard();
      throw error;
    }
  }

  async addImage(image: CocoImage): Promise<void> {
    await this.#document.write(item({ ...image }, this.#imageCount));
    this.#imageCount += 1;
  }

  async addAnnotation(annotation: CocoAnnotation): Promise<void> {
    const comma = this.#annotationCount === 0 ? '' : ',';
    await this.#annotations.write(comma + lineAt(ITEM) + annotationText(annotation));
    this.#annotationCount += 1;
  }

  /** Completes the document and brings it to the disk; {@link publish} may follow. */
  async seal(tail: { categories: readonly Category[]; description: string }): Promise<void> {
    const document = this.#document;
    await document.write(`${listEnd(this.#imageCount)},${lineAt(MEMBER)}"annotations": [`);
    await document.append(this.#annotations);
    await document.write(listEnd(this.#annotationCount));
    const categories = tail.categories.map((category) => ({ ...category }));
    const members = { categories, info: { description: tail.description }, licenses: [] };
    for (const [name, value] of Object.entries(members)) {
      await document.write(`,${lineAt(MEMBER)}"${name}": ${pythonJson(value, MEMBER)}`);
    }
    await document.write('\n}');
    await document.seal();
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
}

function item(value: PythonValue, before: number): string {
  return `${before === 0 ? '' : ','}${lineAt(ITEM)}${pythonJson(value, ITEM)}`;
}

function listEnd(items: number): string {
  return items === 0 ? ']' : `${lineAt(MEMBER)}]`;
}
