import { z } from 'zod';
import { MaskloopError, type Facts } from '../contracts/error.ts';
import type { CocoAnnotation, CocoDocument, CocoImage } from './coco.ts';
import { jsonPieces } from './dataset/json-pieces.ts';
import { decodeCounts } from './rle.ts';

const idSchema = z.int().min(1);
const sizeSchema = z.int().min(1);
const pixelSchema = z.int().min(0);

const imageSchema = z.object({ id: idSchema, file_name: z.string().min(1), width: sizeSchema, height: sizeSchema });

const annotationSchema = z.object({
  id: idSchema,
  image_id: idSchema,
  category_id: idSchema,
  segmentation: z.object({ size: z.tuple([sizeSchema, sizeSchema]), counts: z.string() }),
  area: pixelSchema,
  bbox: z.tuple([pixelSchema, pixelSchema, pixelSchema, pixelSchema]),
  iscrowd: z.literal(0),
  attributes: z.object({ source: z.literal('auto') }).exactOptional(),
});

const documentSchema = z.object({
  images: z.array(imageSchema),
  annotations: z.array(annotationSchema),
  categories: z.array(z.looseObject({ id: idSchema, name: z.string(), supercategory: z.string().exactOptional() })),
  info: z.object({ description: z.string() }),
  licenses: z.tuple([]),
});

/**
 * Reads a document as {@link masksToCoco} writes it and checks it against itself: unique ids, annotations of images and
 * categories that are there, and run lengths that cover exactly the image and hold `area` pixels.
 *
 * @param where name of the file, for messages and the fact `file`
 * @throws MaskloopError `InvalidDataset`, or `InvalidRle` for run lengths that do not fit
 */
export function parseCocoDocument(bytes: Uint8Array, where: string): CocoDocument {
  const parsed = documentSchema.safeParse(membersOf(bytes, where));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const path = issue?.path.join('.') ?? '';
    throw invalid(where, `${path === '' ? 'the document' : path}: ${issue?.message ?? 'invalid'}`, { path });
  }
  const document = parsed.data;
  const images = byId(document.images, 'image', where);
  const categories = byId(document.categories, 'category', where);
  byId(document.annotations, 'annotation', where);
  for (const annotation of document.annotations) {
    const image = images.get(annotation.image_id);
    const facts = { annotation: annotation.id };
    if (image === undefined) {
      throw invalid(where, `annotation ${annotation.id} is of image ${annotation.image_id}, which is missing`, facts);
    }
    if (!categories.has(annotation.category_id)) {
      const problem = `annotation ${annotation.id} is of category ${annotation.category_id}, which is missing`;
      throw invalid(where, problem, facts);
    }
    checkRuns(annotation, image, where);
  }
  return document;
}

/** The members of the document, read item by item: as one text it could have no more than 2^29 characters. */
function membersOf(bytes: Uint8Array, where: string): Record<string, unknown> {
  const members = new Map<string, unknown>();
  let items: unknown[] = [];
  for (const piece of jsonPieces(bytes, where)) {
    if (piece.kind === 'member') members.set(piece.member, piece.value);
    else if (piece.kind === 'item') items.push(piece.value);
    else members.set(piece.member, (items = []));
  }
  return Object.fromEntries(members);
}

function byId<T extends { readonly id: number }>(items: readonly T[], what: string, where: string): Map<number, T> {
  const found = new Map<number, T>();
  for (const item of items) {
    if (found.has(item.id)) throw invalid(where, `two entries have the ${what} id ${item.id}`, { [what]: item.id });
    found.set(item.id, item);
  }
  return found;
}

function checkRuns(annotation: CocoAnnotation, image: CocoImage, where: string): void {
  const { id, segmentation, area } = annotation;
  const [height, width] = segmentation.size;
  if (height !== image.height || width !== image.width) {
    throw invalidRle(where, id, `its size is ${height} × ${width}, that of its image ${image.height} × ${image.width}`);
  }
  const runs = decode(annotation, where);
  let [background, foreground] = [0, 0];
  for (let i = 0; i < runs.length; i += 2) {
    background += runs[i] ?? 0;
    foreground += runs[i + 1] ?? 0;
  }
  if (background + foreground !== height * width) {
    throw invalidRle(where, id, `its runs cover ${background + foreground} of ${height * width} pixels`);
  }
  if (foreground !== area) throw invalidRle(where, id, `its runs hold ${foreground} pixels, its area is ${area}`);
}

function decode(annotation: CocoAnnotation, where: string): readonly number[] {
  try {
    return decodeCounts(annotation.segmentation.counts);
  } catch (error) {
    throw invalidRle(where, annotation.id, error instanceof Error ? error.message : String(error), error);
  }
}

function invalid(where: string, problem: string, facts: Facts): MaskloopError {
  return new MaskloopError('InvalidDataset', `${where} cannot be used: ${problem}.`, {
    facts: { file: where, ...facts },
  });
}

function invalidRle(where: string, annotation: number, problem: string, cause?: unknown): MaskloopError {
  return new MaskloopError('InvalidRle', `${where}, annotation ${annotation}: ${problem}`, {
    facts: { file: where, annotation, problem },
    cause,
  });
}
