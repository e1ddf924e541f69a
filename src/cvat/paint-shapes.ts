import { MaskloopError } from '../contracts/error.ts';
import type { Shape } from './cvat.ts';
import { fillPolygon, type Canvas } from './fill-polygon.ts';
import { maskProblem, paintMask } from './mask-points.ts';

export interface PaintOptions {
  /** Size of the frame in pixels. */
  readonly width: number;
  readonly height: number;
  /** The shapes of one frame. */
  readonly shapes: readonly Shape[];
  /** Value of the pixels of a label, from 1 to 65,535. */
  readonly valueOf: (labelId: number) => number;
  /** Name of the frame, for messages. */
  readonly where: string;
}

/**
 * Paints the shapes of one frame as CVAT shows them: by z-order, then by id, later ones on top. Masks are taken pixel by
 * pixel, polygons and upright rectangles are filled as {@link fillPolygon} says.
 * @returns the values row by row, 0 where nothing is, and the number of pixels that are not 0
 * @throws `UnsupportedShape` for every other shape, and for a mask that does not lie in the frame
 */
export function paintShapes(options: PaintOptions): { values: Uint16Array; painted: number } {
  const { width, height, shapes, valueOf, where } = options;
  const values = new Uint16Array(width * height);
  for (const shape of shapes.toSorted((a, b) => a.zOrder - b.zOrder || a.id - b.id)) {
    const problem = paint({ width, height, values }, shape, () => valueOf(shape.labelId));
    if (problem !== null) throw unsupported(shape, where, problem);
  }
  let painted = 0;
  for (let i = 0; i < values.length; i += 1) if (values[i] !== 0) painted += 1;
  return { values, painted };
}

/** Paints one shape; says why if it cannot. */
function paint(canvas: Canvas, { type, points, rotation }: Shape, value: () => number): string | null {
  if (type === 'mask') {
    const problem = maskProblem(points, canvas.width, canvas.height);
    if (problem === null) paintMask(points, canvas.values, canvas.width, canvas.height, value());
    return problem;
  }
  if (type !== 'polygon' && type !== 'rectangle') return 'it has no area that maskloop can fill';
  if (rotation % 360 !== 0) return `it is rotated by ${rotation}°`;
  const ring = type === 'rectangle' ? cornersOf(points) : points;
  if (ring.length < 6 || ring.length % 2 === 1) return `${points.length} numbers are no ${type}`;
  fillPolygon(canvas, ring, value());
  return null;
}

/** The four corners of a rectangle that CVAT gives by two; none for anything else. */
function cornersOf(points: readonly number[]): readonly number[] {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = points;
  return points.length === 4 ? [x0, y0, x1, y0, x1, y1, x0, y1] : [];
}

function unsupported(shape: Shape, where: string, problem: string): MaskloopError {
  const { id, type, frame, labelId } = shape;
  return new MaskloopError(
    'UnsupportedShape',
    `${where} (frame ${frame}): ${type} ${id} cannot become a mask: ${problem}`,
    {
      facts: { name: where, frame, shape: id, type, labelId, problem },
    },
  );
}
