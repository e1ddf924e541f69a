import type { LabelledInstance } from '../contracts/labelled-instance.ts';
import type { Mask } from '../coco/mask.ts';
import { narrowMask } from '../coco/narrow-mask.ts';
import { paintShapes, type PaintedShape } from './paint-shapes.ts';
import type { SealedShape } from './placed-content.ts';
import type { FrameContent } from './sealed-frames.ts';

/** The final label of one frame, and what became of everything that was drawn on it. */
export interface PaintedFrame {
  /** Values are category ids. */
  readonly mask: Mask;
  readonly labelledPixels: number;
  /** Pixels on which shapes of different classes lie. */
  readonly overlappingPixels: number;
  readonly instances: readonly LabelledInstance[];
  readonly leftOut: Readonly<Record<string, number>>;
}

/**
 * Paints the shapes of a frame and counts those without pixels by kind.
 *
 * @param categoryOf category id of a label
 * @throws MaskloopError `UnsupportedShape`, and what `categoryOf` throws for a shape with an area
 */
export function paintFrame(content: FrameContent, categoryOf: (labelId: number) => number): PaintedFrame {
  const { name, width, height } = content.frame;
  const { values, painted, overlapping, shapes, withoutArea } = paintShapes({
    width,
    height,
    shapes: content.shapes,
    valueOf: categoryOf,
    where: name,
  });
  const empty = shapes.filter(({ pixels }) => pixels === 0).length;
  return {
    mask: narrowMask({ width, height, values }),
    labelledPixels: painted,
    overlappingPixels: overlapping,
    instances: instancesOf(shapes.filter(({ pixels }) => pixels > 0)),
    leftOut: counted([
      ...withoutArea.map(({ type }) => [type, 1] as const),
      ['tag', content.tags],
      ['shape without pixels', empty],
      ['same shape in two jobs', content.twins],
    ]),
  };
}

/** Sums counts by kind; kinds without any are left out. */
export function counted(kinds: Iterable<readonly [kind: string, count: number]>): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [kind, count] of kinds) if (count > 0) sums[kind] = (sums[kind] ?? 0) + count;
  return sums;
}

/** Shapes of one class that share a group within their job are one object; any other shape is one for itself. */
function instancesOf(shapes: readonly PaintedShape<SealedShape>[]): LabelledInstance[] {
  const objects = new Map<string, LabelledInstance>();
  for (const [i, { shape, value, pixels }] of shapes.entries()) {
    const { id, group, job } = shape;
    const key = group === 0 ? `alone ${i}` : `${job} ${group} ${value}`;
    const known = objects.get(key) ?? { category: value, job, shapes: [], pixels: 0 };
    objects.set(key, { ...known, shapes: [...known.shapes, id], pixels: known.pixels + pixels });
  }
  return [...objects.values()];
}
