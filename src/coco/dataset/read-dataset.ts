import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { MaskloopError, type Facts } from '../../contracts/error.ts';
import { annotationShape } from './annotation-shape.ts';
import type { Dataset, DatasetImage, DatasetShape } from './dataset.ts';
import { documentBytes } from './document-bytes.ts';
import { jsonPieces, type JsonPiece } from './json-pieces.ts';

/** After so many pieces the rest of the process has its turn: an abort. */
const PIECES_PER_TURN = 2000;

const sideSchema = z.int().min(1);
const imageSchema = z.object({ id: z.int(), file_name: z.string().min(1), width: sideSchema, height: sideSchema });
const categorySchema = z.object({ id: z.int().min(0), name: z.string().min(1) });

/** Positions in an image of this size are what COCO's run lengths count, in 32 bits. */
const MAX_PIXELS = 2 ** 32 - 1;

/** Lists without which a document is no dataset. */
const LISTS = ['images', 'annotations', 'categories'] as const;

/**
 * Reads a COCO dataset of any origin: maskloop's own documents, CVAT's COCO 1.0 exports, and what pycocotools takes.
 * Members that nobody asks for may be there or not. Run lengths are not looked at before a shape's pixels are asked for.
 *
 * @param path of the JSON file, which may be packed with gzip; under 2 GiB unpacked; memory grows with its size
 * @throws MaskloopError `UnreadableFile`; `DocumentTooLarge`; `InvalidDataset` naming the first place that cannot be used: no JSON, a missing
 * list, a member of the wrong kind, an id that comes twice, an annotation of no image or category; the signal's reason
 */
export async function readDataset(path: string, signal?: AbortSignal): Promise<Dataset> {
  return parseDataset(await documentBytes(path, signal), path, signal);
}

/** {@link readDataset} of a document in memory. */
export async function parseDataset(bytes: Uint8Array, where: string, signal?: AbortSignal): Promise<Dataset> {
  const builder = new DatasetBuilder(where);
  let pieces = 0;
  for (const piece of jsonPieces(bytes, where)) {
    builder.add(piece);
    pieces += 1;
    if (pieces % PIECES_PER_TURN === 0) {
      signal?.throwIfAborted();
      await setImmediate();
    }
  }
  return builder.finish();
}

class DatasetBuilder {
  readonly #where: string;
  readonly #seen = new Set<string>();
  readonly #images = new Map<number, DatasetImage>();
  readonly #categories = new Map<number, { id: number; name: string }>();
  readonly #shapes: DatasetShape[] = [];

  constructor(where: string) {
    this.#where = where;
  }

  add(piece: JsonPiece): void {
    const list = LISTS.find((name) => name === piece.member);
    if (list === undefined) return;
    if (piece.kind === 'member') throw this.#invalid(list, 'it must be a list');
    this.#seen.add(list);
    if (piece.kind === 'list') return;
    const { index, value } = piece;
    const place = `${list}[${index}]`;
    if (list === 'images') {
      const { id, file_name: fileName, width, height } = this.#read(place, () => imageSchema.parse(value));
      if (width * height > MAX_PIXELS) throw this.#invalid(place, `${width} × ${height} pixels are more than 2^32`);
      this.#addTo(this.#images, { id, fileName, width, height }, place);
    } else if (list === 'categories') {
      const category = this.#read(place, () => categorySchema.parse(value));
      this.#addTo(this.#categories, category, place);
    } else {
      this.#shapes.push(this.#read(place, () => annotationShape(value)));
    }
  }

  finish(): Dataset {
    const missing = LISTS.find((name) => !this.#seen.has(name));
    if (missing !== undefined) throw this.#invalid(missing, 'it is missing');
    const shapes = this.#shapesByImage();
    return {
      where: this.#where,
      images: [...this.#images.values()],
      categories: [...this.#categories.values()],
      shapes,
    };
  }

  #shapesByImage(): Map<number, DatasetShape[]> {
    const ids = new Set<number>();
    const byImage = new Map<number, DatasetShape[]>();
    for (const shape of this.#shapes) {
      const { id, imageId, categoryId } = shape;
      const name = `annotation ${id}`;
      if (ids.has(id)) throw this.#invalid(name, 'another annotation has the same id', { annotation: id });
      ids.add(id);
      if (!this.#images.has(imageId)) {
        throw this.#invalid(name, `it is of image ${imageId}, which is missing`, { annotation: id });
      }
      if (!this.#categories.has(categoryId)) {
        throw this.#invalid(name, `it is of category ${categoryId}, which is missing`, { annotation: id });
      }
      const others = byImage.get(imageId);
      if (others === undefined) byImage.set(imageId, [shape]);
      else others.push(shape);
    }
    return byImage;
  }

  #addTo<T extends { readonly id: number }>(items: Map<number, T>, item: T, place: string): void {
    if (items.has(item.id)) throw this.#invalid(place, `another one has the id ${item.id}`, { id: item.id });
    items.set(item.id, item);
  }

  /** Runs a schema; what it finds wrong is wrong at `place`. */
  #read<T>(place: string, parse: () => T): T {
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error;
      const [issue] = error.issues;
      throw this.#invalid([place, ...(issue?.path ?? [])].join('.'), issue?.message ?? 'invalid');
    }
  }

  #invalid(place: string, problem: string, facts: Facts = {}): MaskloopError {
    return new MaskloopError('InvalidDataset', `${this.#where} cannot be used: ${place}: ${problem}.`, {
      facts: { file: this.#where, place, problem, ...facts },
    });
  }
}
