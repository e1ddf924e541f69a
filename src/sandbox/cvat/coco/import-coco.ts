import { decodeCounts } from '../../../coco/rle.ts';
import type { Frame, Label } from '../state/entities.ts';
import type { CvatVersion } from '../state/version.ts';
import type { AttributeValue, NewAnnotations, Shape } from '../state/shapes.ts';
import { maskPoints, type ColumnRuns } from './mask-points.ts';
import { joinTracks, type TrackedShape } from './import-tracks.ts';
import { frameMatcher, itemId, type FrameMatcher } from './match-frames.ts';
import { importFailure, type CocoImport, type CocoImportAnnotation } from './parse-coco.ts';

type NewShape = Omit<Shape, 'id'>;

/** What an import is made into. */
export interface ImportTarget {
  /** Frames that may be named: those of a task, or of one job. */
  readonly frames: readonly (Pick<Frame, 'name'> & { readonly number: number })[];
  readonly labels: readonly Label[];
  readonly isVideo: boolean;
  /** Number of the task's last frame. */
  readonly lastFrame: number;
  readonly version: CvatVersion;
}

/**
 * Turns COCO 1.0 documents into native annotations, or refuses them as a whole. RLE becomes a mask, each polygon ring a
 * polygon (rings of one annotation share a group), a bare box a rectangle; a label's type is not looked at. What names
 * a `track_id` becomes part of a track.
 *
 * @throws BackgroundFailure with the text of CVAT's failed request
 */
export function importCoco(documents: readonly CocoImport[], target: ImportTarget): NewAnnotations {
  const names = documents.flatMap((coco) => coco.images.map((image) => image.file_name));
  const match = frameMatcher(target.frames, names, target.isVideo);
  const found = documents.flatMap((coco) => shapesOf(coco, target, match));
  return {
    shapes: found.filter((one) => !isTracked(one)).map((one) => one.shape),
    tags: [],
    tracks: joinTracks(found.filter(isTracked), target),
  };
}

function isTracked(one: ImportedShape): one is TrackedShape {
  return one.trackId !== undefined;
}

type ImportedShape = Omit<TrackedShape, 'trackId'> & { readonly trackId: string | undefined };

function shapesOf(coco: CocoImport, target: ImportTarget, match: FrameMatcher): ImportedShape[] {
  const groups = groupNumbers(coco);
  const names = new Map(coco.categories.map((category) => [category.id, category.name]));
  return coco.images.flatMap((image) => {
    const item = itemId(image.file_name);
    const frame = match(image.file_name);
    if (frame === undefined) throw importFailure(`Could not match item id: '${item}' with any task frame`);
    const own = coco.annotations.filter((annotation) => annotation.image_id === image.id);
    return own.flatMap((annotation, index) => {
      const refuse = (text: string): Error =>
        importFailure(`Image ${item}: can't import annotation #${index} (${typeOf(annotation)}): ${text}`);
      const label = labelOf(annotation, names, target.labels, refuse);
      const group = groups.get(groupKey(annotation)) ?? 0;
      return pointsOf(annotation, refuse).map(({ type, points }) => {
        const shape = { ...common(annotation, label), type, points, frame, group };
        const { track_id: trackId, keyframe } = annotation.attributes ?? {};
        return {
          trackId: trackId === undefined || keyframe === undefined ? undefined : JSON.stringify(trackId),
          isKeyframe: keyframe !== false,
          shape,
          attributes: shape.attributes,
        };
      });
    });
  });
}

function typeOf(annotation: CocoImportAnnotation): string {
  if (!Array.isArray(annotation.segmentation)) return 'mask';
  return annotation.segmentation.length === 0 ? 'bbox' : 'polygon';
}

function labelOf(
  annotation: CocoImportAnnotation,
  names: ReadonlyMap<number, string>,
  labels: readonly Label[],
  refuse: (text: string) => Error,
): Label {
  // Category 0 is taken for none, even where the document has one of that id.
  const name = names.get(annotation.category_id || Number.NaN);
  if (name === undefined) throw refuse('annotation has no label');
  const label = labels.find((candidate) => candidate.name === name);
  if (label === undefined) throw refuse(`Label '${name}' is not registered for this task`);
  return label;
}

function common(annotation: CocoImportAnnotation, label: Label): Omit<NewShape, 'type' | 'points' | 'frame' | 'group'> {
  const given = annotation.attributes ?? {};
  return {
    label_id: label.id,
    source: typeof given['source'] === 'string' ? given['source'] : 'file',
    score: annotation.score ?? 1,
    occluded: given['occluded'] === true,
    outside: false,
    z_order: 0,
    rotation: typeof given['rotation'] === 'number' ? given['rotation'] : 0,
    attributes: label.attributes.map((spec): AttributeValue => {
      const value = given[spec.name];
      const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
      return { spec_id: spec.id, value: isPlain ? String(value) : spec.defaultValue };
    }),
    elements: [],
  };
}

function pointsOf(
  annotation: CocoImportAnnotation,
  refuse: (text: string) => Error,
): { type: string; points: number[] }[] {
  const { segmentation, bbox } = annotation;
  if (segmentation === undefined) return [];
  if (!Array.isArray(segmentation)) {
    const [height, width] = segmentation.size;
    const region = { width, height, counts: runs(segmentation.counts, refuse) };
    if (!fits(region)) throw refuse('Invalid RLE mask representation');
    return [{ type: 'mask', points: maskPoints(region) }];
  }
  if (segmentation.length > 0) return segmentation.map((points) => ({ type: 'polygon', points }));
  if (bbox === undefined) return [];
  const [x, y, width, height] = bbox;
  return [{ type: 'rectangle', points: [x, y, x + width, y + height] }];
}

function runs(counts: string | readonly number[], refuse: (text: string) => Error): readonly number[] {
  if (typeof counts !== 'string') return counts;
  try {
    return decodeCounts(counts);
  } catch {
    throw refuse('Invalid RLE mask representation');
  }
}

/** Runs must fill the size that the RLE itself names; that this is the image's size is not asked. */
function fits(region: ColumnRuns): boolean {
  const total = region.counts.reduce((sum, count) => (count < 0 ? Number.NaN : sum + count), 0);
  return total === region.width * region.height;
}

function groupKey(annotation: CocoImportAnnotation): string {
  return `${annotation.image_id}/${annotation.id}`;
}

/** Shapes that come from one annotation id form a group; a shape alone has group 0. */
function groupNumbers(coco: CocoImport): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const annotation of coco.annotations) {
    const rings = Array.isArray(annotation.segmentation) ? Math.max(1, annotation.segmentation.length) : 1;
    sizes.set(groupKey(annotation), (sizes.get(groupKey(annotation)) ?? 0) + rings);
  }
  const shared = [...sizes].filter(([, size]) => size > 1);
  return new Map(shared.map(([key], index) => [key, index + 1]));
}
