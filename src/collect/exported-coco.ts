import { z } from 'zod';
import { MaskloopError } from '../contracts/error.ts';
import { decodeCounts } from '../coco/rle.ts';
import { fillPolygon, type Canvas } from './fill-polygon.ts';

const runs = z.object({
  counts: z.union([z.string(), z.array(z.int().nonnegative())]),
  size: z.tuple([z.int(), z.int()]),
});
const documentSchema = z.object({
  categories: z.array(z.object({ id: z.int(), name: z.string() })),
  images: z.array(z.object({ id: z.int(), file_name: z.string(), width: z.int(), height: z.int() })),
  annotations: z.array(
    z.object({
      image_id: z.int(),
      category_id: z.int(),
      segmentation: z.union([z.array(z.array(z.number())), runs]),
    }),
  ),
});
export type ExportedCoco = z.infer<typeof documentSchema>;

/** The images of an exported document, each painted when it is asked for. */
export interface ExportedImages {
  /** File names with the extension. */
  readonly names: readonly string[];
  /** Annotations without a segmentation, which is what CVAT makes of rectangles. */
  readonly withoutSegmentation: number;
  /**
   * Category ids row by row; later annotations lie over earlier ones, which is CVAT's order. Null for no image of the name.
   * @throws MaskloopError `InvalidRle` for run lengths that do not fit their image
   */
  paint(name: string): Uint16Array | null;
}

/** @throws MaskloopError `ArchiveRefused` if it is no COCO document as CVAT exports it */
export function parseExportedCoco(bytes: Uint8Array): ExportedCoco {
  const parsed = documentSchema.safeParse(jsonOf(bytes));
  if (parsed.success) return parsed.data;
  throw new MaskloopError('ArchiveRefused', `The export is not COCO as known: ${z.prettifyError(parsed.error)}`);
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new MaskloopError('ArchiveRefused', 'The COCO document of the export is not JSON.', { cause });
  }
}

/**
 * Prepares the images of an exported document.
 *
 * @param categoryOf category id of a class by its name; null leaves it out
 */
export function exportedImages(
  { images, annotations, categories }: ExportedCoco,
  categoryOf: (name: string) => number | null,
): ExportedImages {
  const valueOf = new Map(categories.map(({ id, name }) => [id, categoryOf(name) ?? 0]));
  const byName = new Map(images.map((image) => [image.file_name, image]));
  const byImage = new Map<number, Annotation[]>();
  for (const annotation of annotations) {
    const known = byImage.get(annotation.image_id);
    if (known === undefined) byImage.set(annotation.image_id, [annotation]);
    else known.push(annotation);
  }
  return {
    names: images.map(({ file_name }) => file_name),
    withoutSegmentation: annotations.filter(
      ({ segmentation }) => Array.isArray(segmentation) && segmentation.length === 0,
    ).length,
    paint(name) {
      const image = byName.get(name);
      if (image === undefined) return null;
      const canvas = { ...image, values: new Uint16Array(image.width * image.height) };
      for (const one of byImage.get(image.id) ?? []) paintOne(canvas, one, valueOf.get(one.category_id) ?? 0, name);
      return canvas.values;
    },
  };
}

type Annotation = ExportedCoco['annotations'][number];

function paintOne(canvas: Canvas, { segmentation }: Annotation, value: number, name: string): void {
  if (!Array.isArray(segmentation)) return paintRuns(canvas, segmentation.counts, value, name);
  for (const ring of segmentation) fillPolygon(canvas, ring, value);
}

/** Runs down the columns, background first. */
function paintRuns(
  { width, height, values }: Canvas,
  counts: string | readonly number[],
  value: number,
  name: string,
): void {
  const lengths = typeof counts === 'string' ? decodeCounts(counts) : counts;
  const covered = lengths.reduce((sum, run) => sum + run, 0);
  if (covered !== width * height) {
    throw new MaskloopError('InvalidRle', `${name}: runs of ${covered} pixels for an image of ${width}×${height}`, {
      facts: { name, covered, width, height },
    });
  }
  let at = 0;
  for (const [i, run] of lengths.entries()) {
    const end = at + run;
    if (i % 2 === 0) at = end;
    for (; at < end; at += 1) values[(at % height) * width + Math.floor(at / height)] = value;
  }
}
