import { z } from 'zod';
import { encodeCounts } from '../rle.ts';
import type { DatasetShape, Outline } from './dataset.ts';

const sizeSchema = z.int().min(1);
/** So far from the image that nobody means it; fifths of it still fit into 32 bits. */
const FARTHEST = 4e8;
const coordinateSchema = z.number().min(-FARTHEST).max(FARTHEST);
const numbersSchema = z.array(coordinateSchema);

const annotationSchema = z.object({
  id: z.int().min(0),
  image_id: z.int(),
  category_id: z.int().min(0),
  segmentation: z.unknown().optional(),
  bbox: z.unknown().optional(),
  attributes: z.unknown().optional(),
});

const rleSchema = z.object({
  size: z.tuple([sizeSchema, sizeSchema]),
  counts: z.union(
    [
      z.string(),
      z.array(
        z
          .int()
          .min(0)
          .max(2 ** 31 - 1),
      ),
    ],
    'counts are neither a text nor run lengths',
  ),
});

/** `x, y, width, height`; floats are common. */
const boxSchema = z.tuple([coordinateSchema, coordinateSchema, coordinateSchema.min(0), coordinateSchema.min(0)]);

const rotationSchema = z.looseObject({ rotation: z.number() });

/**
 * Reads one annotation: run lengths packed or as a list, or polygons. Without any segmentation it is the rectangle of
 * its box, as pycocotools takes boxes and as CVAT exports rectangles; CVAT's `attributes.rotation`, in degrees clockwise
 * about the middle, is followed. `area`, `iscrowd` and whatever else there is do not matter.
 *
 * @throws z.ZodError for what cannot be read
 */
export function annotationShape(annotation: unknown): DatasetShape {
  const { id, image_id, category_id, segmentation, bbox, attributes } = annotationSchema.parse(annotation);
  const isEmpty = segmentation == null || (Array.isArray(segmentation) && segmentation.length === 0);
  const outline = isEmpty ? boxOutline(bbox, attributes) : outlineOf(segmentation);
  return { id, imageId: image_id, categoryId: category_id, outline };
}

function outlineOf(segmentation: unknown): Outline {
  if (!Array.isArray(segmentation)) {
    const { size, counts } = at('segmentation', () => rleSchema.parse(segmentation));
    return { kind: 'counts', size, counts: typeof counts === 'string' ? counts : encodeCounts(counts) };
  }
  const rings = segmentation.map((ring: unknown, index) => {
    const points = at(`segmentation.${index}`, () => numbersSchema.parse(ring));
    if (points.length < 6 || points.length % 2 === 1) {
      throw problem(`segmentation.${index}`, `${points.length} numbers are no polygon`);
    }
    return points;
  });
  return { kind: 'rings', rings };
}

function boxOutline(bbox: unknown, attributes: unknown): Outline {
  if (bbox == null) throw problem('segmentation', 'it is empty, and there is no bbox either');
  const [left, top, width, height] = at('bbox', () => boxSchema.parse(bbox));
  const corners = [left, top, left, top + height, left + width, top + height, left + width, top];
  const turned = rotationSchema.safeParse(attributes);
  const degrees = turned.success ? turned.data.rotation % 360 : 0;
  return { kind: 'rings', rings: [degrees === 0 ? corners : rotate(corners, degrees)] };
}

/** Turns a rectangle about its middle, clockwise where `y` grows downwards. */
function rotate(corners: readonly number[], degrees: number): number[] {
  const [left = 0, top = 0, , , right = 0, bottom = 0] = corners;
  const [middleX, middleY] = [(left + right) / 2, (top + bottom) / 2];
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const turned: number[] = [];
  for (let i = 0; i < corners.length; i += 2) {
    const [x, y] = [corners[i]! - middleX, corners[i + 1]! - middleY];
    turned.push(middleX + x * cos - y * sin, middleY + x * sin + y * cos);
  }
  return turned;
}

/** What `read` finds wrong is wrong at `path` of the annotation. */
function at<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const [issue] = error.issues;
    throw problem([path, ...(issue?.path ?? [])].join('.'), issue?.message ?? 'invalid');
  }
}

function problem(path: string, message: string): z.ZodError {
  return new z.ZodError([{ code: 'custom', path: path.split('.'), message, input: undefined }]);
}
