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
 * @throws BackgroundFailure with CVAT's words for what is wrong with it
 */
export function parseCoco(bytes: Uint8Array): CocoImport {
  const parsed = document.safeParse(parseJson(new TextDecoder().decode(bytes)));
  if (!parsed.success) throw datasetFailure(describe(parsed.error));
  checkReferences(parsed.data);
  return parsed.data;
}

function parseJson(text: string): unknown {
  const failure = jsonFailure(text);
  if (failure === undefined) return requireFields(JSON.parse(text));
  const what = {
    'end of data': 'unexpected end of data',
    'control character': 'unexpected control character in string',
    'unexpected character': 'unexpected character',
  }[failure.reason];
  throw datasetFailure(`${what}: ${position(text, failure.at)}`);
}

function requireFields(value: unknown): unknown {
  for (const field of ['categories', 'images', 'annotations']) {
    if (typeof value !== 'object' || value === null || !(field in value)) {
      throw datasetFailure(`Missing annotation field '${field}'`);
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

function datasetFailure(text: string): BackgroundFailure {
  const path = '/home/django/data/tmp/tmp00000000/annotations/default.json';
  return importFailure(`Failed to import dataset 'coco_instances' at '${path}': ${text}`);
}

function describe(error: z.ZodError): string {
  const field = error.issues[0]?.path.at(-1);
  return `Invalid annotation field '${String(field ?? '')}'`;
}
