import type { Mask } from '../../coco/mask.ts';
import { paintMask, pointsOfValue, sameRegion } from './mask-shapes.ts';
import type { NewMaskShape, WorkFrame, WorkShape } from './workplace.ts';

/** What a person has to save after looking at one frame. */
export interface FrameChanges {
  readonly create: readonly NewMaskShape[];
  readonly update: readonly WorkShape[];
  readonly remove: readonly WorkShape[];
}

/** How a person thinks the mask of a frame should look; pixel values are category ids. */
export type CorrectionRule = (frame: { name: string; width: number; height: number }, mask: Mask) => Mask;

/**
 * Compares the masks on a frame with how they should be, class by class. An unchanged class keeps its shapes as
 * they are. A changed one keeps its first shape with new points and `source: "manual"`; further shapes, and all of a
 * class that has no pixels left, are removed. Shapes that are not masks, or of other labels, are left alone.
 *
 * @param shapes all shapes of the frame
 * @param labelOf label id by category id
 */
export function frameChanges(
  frame: WorkFrame,
  shapes: readonly WorkShape[],
  labelOf: ReadonlyMap<number, number>,
  correct: CorrectionRule,
): FrameChanges {
  const categoryOf = new Map([...labelOf].map(([category, label]) => [label, category]));
  const masks = shapes.filter((shape) => shape.type === 'mask' && categoryOf.has(shape.label_id));
  const size = { width: frame.width, height: frame.height };
  const before = paintMask(size, masks, (shape) => categoryOf.get(shape.label_id) ?? 0);
  const after = correct({ name: frame.name, ...size }, before);
  const changes = { create: new Array<NewMaskShape>(), update: new Array<WorkShape>(), remove: new Array<WorkShape>() };
  for (const [category, labelId] of labelOf) {
    if (sameRegion(before, after, category)) continue;
    const [first, ...others] = masks.filter((shape) => shape.label_id === labelId);
    const points = pointsOfValue(after, category);
    changes.remove.push(...others);
    if (points === undefined) changes.remove.push(...(first === undefined ? [] : [first]));
    else if (first === undefined) {
      changes.create.push({ type: 'mask', frame: frame.number, label_id: labelId, points, source: 'manual' });
    } else changes.update.push({ ...first, points, source: 'manual' });
  }
  return changes;
}
