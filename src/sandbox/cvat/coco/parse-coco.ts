import { z } from 'zod';
import { BackgroundFailure } from '../background.ts';
import { jsonFailure, position } from './json-failure.ts';

const rle = z.object({ size: z.tuple([z.number(), z.number()]), counts: z.union([z.string(), z.array(z.number())]) });
const annotation = z.looseObject({
  id: z.number().default(0),
  image_id: z.number(),
  category_id: z.number().nullish(),
  segmentation: z.union([rle, z.array(z.array(z.number()))]).optional(),
  bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional(),
  score: z.number().optional(),
  attributes: z.record(z.string(), z.unknown()).optional(),
});
const document = z.looseObject({
  categories: z.array(z.looseObject({ id: z.number(), name: z.string() })),
  images: z.array(z.looseObject({ id: z.number(), file_name: z.string() })),
  annotations: z.array(annotation),
});

export type CocoImport = z.infer<typeof document>;
export type CocoImportAnnotation = z.infer<typeof annotation>;

const IMPORT_ERROR = 'cvat.apps.dataset_manager.bindings.CvatImportError';

/** The failure by which CVAT ends an import that it cannot carry out. */
export function importFailure(text: string): BackgroundFailure {
  return new BackgroundFailure(IMPORT_ERROR, text);
}

/**
 * Reads a COCO document as CVAT's importer does.
 *
 * @param path where CVAT puts the file, as it says when it cannot read it
 * @param strays whether annotations of images that the document does not list are dropped or make it fail
 * @throws BackgroundFailure with CVAT's words for what is wrong with it
 */
export function parseCoco(bytes: Uint8Array, path: string, strays: 'drop' | 'refuse' = 'refuse'): CocoImport {
  const parsed = document.safeParse(parseJson(new TextDecoder().decode(bytes), path));
  if (!parsed.success) throw datasetFailure(path, describe(parsed.error));
  const coco = strays === 'drop' ? withoutStrays(parsed.data) : parsed.data;
  checkReferences(coco);
  return coco;
}

function withoutStrays(coco: CocoImport): CocoImport {
  const images = new Set(coco.images.map((image) => image.id));
  return { ...coco, annotations: coco.annotations.filter((item) => images.has(item.image_id)) };
}

function parseJson(text: string, path: string): unknown {
  const failure = jsonFailure(text);
  if (failure === undefined) return requireFields(JSON.parse(text), path);
  const what = {
    'end of data': 'unexpected end of data',
    'control character': 'unexpected control character in string',
    'unexpected character': 'unexpected character',
  }[failure.reason];
  throw datasetFailure(path, `${what}: ${position(text, failure.at)}`);
}

function requireFields(value: unknown, path: string): unknown {
  for (const field of ['categories', 'images', 'annotations']) {
    if (typeof value !== 'object' || value === null || !(field in value)) {
      throw datasetFailure(path, `Missing annotation field '${field}'`);
    }
  }
  return value;
}

function checkReferences(coco: CocoImport): void {
  const categories = new Set(coco.categories.map((category) => category.id));
  const images = new Set(coco.images.map((image) => image.id));
  for (const item of coco.annotations) {
    if (!images.has(item.image_id)) throw importFailure(`Unknown image id '${item.image_id}'`);
    const category = item.category_id ?? 0;
    if (category !== 0 && !categories.has(category)) throw itemFailure(item, `Undeclared label '${category}'`);
    if (item.segmentation === undefined) throw itemFailure(item, "Missing annotation field 'segmentation'");
    if (!Array.isArray(item.segmentation)) continue;
    const bad = item.segmentation.find((ring) => ring.length < 6 || ring.length % 2 === 1);
    if (bad !== undefined) {
      throw itemFailure(item, `Polygon has invalid value count ${bad.length}. Expected at least 3 (x, y) pairs.`);
    }
  }
}

function itemFailure(item: CocoImportAnnotation, text: string): BackgroundFailure {
  return importFailure(`Failed to import item (${item.image_id}, 'default') annotation: ${text}`);
}

function datasetFailure(path: string, text: string): BackgroundFailure {
  return importFailure(`Failed to import dataset 'coco_instances' at '${path}': ${text}`);
}

function describe(error: z.ZodError): string {
  const field = error.issues[0]?.path.at(-1);
  return `Invalid annotation field '${String(field ?? '')}'`;
}
