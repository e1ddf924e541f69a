import { MaskloopError } from '../../contracts/error.ts';
import { coverShape, hasArea } from '../paint-shapes.ts';
import type { SealedShape } from '../placed-content.ts';
import type { FrameContent } from '../sealed-frames.ts';
import { drawFrame, type DrawnFrame } from './drawn-frame.ts';

/** By z-order, then by id, as CVAT and the labels have it. */
function fromBelow(a: SealedShape, b: SealedShape): number {
  return a.zOrder - b.zOrder || a.id - b.id;
}

/**
 * Draws the final shapes of a frame just as they were painted into its label. Lines, points and the like have no pixels.
 *
 * @param categoryOf category id of a label
 * @throws MaskloopError `UnsupportedShape`, and what `categoryOf` throws for a shape with an area
 */
export function sealedDrawing({ frame, shapes }: FrameContent, categoryOf: (labelId: number) => number): DrawnFrame {
  const drawables = shapes
    .filter(({ type }) => hasArea(type))
    .toSorted(fromBelow)
    .map((shape) => ({
      category: categoryOf(shape.labelId),
      source: shape.source,
      cover: (canvas: Parameters<typeof coverShape>[0]): void => {
        const problem = coverShape(canvas, shape);
        if (problem !== null) throw unsupported(frame.name, shape, problem);
      },
    }));
  return drawFrame(frame, drawables);
}

function unsupported(name: string, { id, type }: SealedShape, problem: string): MaskloopError {
  return new MaskloopError('UnsupportedShape', `${name}: ${type} ${id} cannot become a mask: ${problem}`, {
    facts: { name, shape: id, type, problem },
  });
}
