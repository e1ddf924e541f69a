import { MaskloopError } from '../contracts/error.ts';
import { boxCorners } from '../cvat/box-corners.ts';
import type { Shape, ShapeType } from '../cvat/cvat.ts';
import { fillEllipse } from './fill-ellipse.ts';
import { fillPolygon, type Canvas } from './fill-polygon.ts';
import { maskProblem, paintMask } from '../cvat/mask-points.ts';

export interface PaintOptions<S extends Shape = Shape> {
  /** Size of the frame in pixels. */
  readonly width: number;
  readonly height: number;
  /** The shapes of one frame. */
  readonly shapes: readonly S[];
  /** Value of the pixels of a label, from 1 to 65,535. */
  readonly valueOf: (labelId: number) => number;
  /** Name of the frame, for messages. */
  readonly where: string;
}

export interface PaintedShape<S extends Shape = Shape> {
  readonly shape: S;
  readonly value: number;
  /** Pixels that the shape covers, also those that a later one is painted over. */
  readonly pixels: number;
}

export interface Painted<S extends Shape = Shape> {
  /** Row by row, 0 where nothing is. */
  readonly values: Uint16Array;
  /** Pixels that are not 0. */
  readonly painted: number;
  /** Pixels on which shapes of different values lie, so that the order decides. */
  readonly overlapping: number;
  /** From the lowest to the highest. */
  readonly shapes: readonly PaintedShape<S>[];
  /** What has no area, in the order of painting. */
  readonly withoutArea: readonly S[];
}

/** True for the types that cover pixels. */
export function hasArea(type: ShapeType): boolean {
  return type === 'mask' || type === 'polygon' || type === 'rectangle' || type === 'ellipse';
}

/**
 * Paints the shapes of one frame as CVAT shows them: by z-order, then by id, later ones on top. Masks are taken pixel by
 * pixel, polygons filled as {@link fillPolygon} says, rectangles as the polygon of their corners, ellipses as
 * {@link fillEllipse} says.
 * @throws `UnsupportedShape` for numbers that are no shape of their type, and for a mask that does not lie in the frame
 */
export function paintShapes<S extends Shape>(options: PaintOptions<S>): Painted<S> {
  const { width, height, valueOf, where } = options;
  const ordered = options.shapes.toSorted((a, b) => a.zOrder - b.zOrder || a.id - b.id);
  const values = new Uint16Array(width * height);
  const contested = new Uint8Array(width * height);
  const cover = { width, height, values: new Uint8Array(width * height) };
  const shapes = ordered
    .filter(({ type }) => hasArea(type))
    .map((shape) => {
      const problem = coverShape(cover, shape);
      if (problem !== null) throw unsupported(shape, where, problem);
      const value = valueOf(shape.labelId);
      return { shape, value, pixels: lay(cover.values, { values, contested }, value) };
    });
  return {
    values,
    painted: values.reduce((sum, value) => sum + Number(value !== 0), 0),
    overlapping: contested.reduce((sum, one) => sum + one, 0),
    shapes,
    withoutArea: ordered.filter(({ type }) => !hasArea(type)),
  };
}

/** Moves a shape from the cover, which is empty afterwards, to the frame. Returns the number of its pixels. */
function lay(cover: Uint8Array, frame: { values: Uint16Array; contested: Uint8Array }, value: number): number {
  const { values, contested } = frame;
  let pixels = 0;
  for (let at = cover.indexOf(1); at !== -1; at = cover.indexOf(1, at + 1)) {
    if (values[at] !== 0 && values[at] !== value) contested[at] = 1;
    values[at] = value;
    cover[at] = 0;
    pixels += 1;
  }
  return pixels;
}

/**
 * Sets the pixels of one shape to 1; those of lines, points, cuboids and skeletons are none.
 * @returns why the numbers are no shape of their type, or null
 */
export function coverShape(
  canvas: Canvas,
  { type, points, rotation }: Pick<Shape, 'type' | 'points' | 'rotation'>,
): string | null {
  if (!hasArea(type)) return null;
  if (type === 'mask') {
    const problem = maskProblem(points, canvas.width, canvas.height);
    if (problem === null) paintMask(points, canvas.values, canvas.width, canvas.height, 1);
    return problem;
  }
  if (type === 'ellipse') {
    if (points.length !== 4) return `${points.length} numbers are no ellipse`;
    fillEllipse(canvas, { points, rotation }, 1);
    return null;
  }
  const ring = type === 'rectangle' ? boxCorners(points, rotation) : points;
  if (ring.length < 6 || ring.length % 2 === 1) return `${points.length} numbers are no ${type}`;
  fillPolygon(canvas, ring, 1);
  return null;
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
