export type ShapeType = 'mask' | 'polygon' | 'rectangle' | 'ellipse' | 'polyline' | 'points' | 'cuboid' | 'skeleton';

/** A shape as CVAT stores it. For a mask, `points` are row-major run lengths in the box, background first, then left, top, right, bottom (inclusive). */
export interface Shape {
  readonly id: number;
  readonly type: ShapeType;
  readonly labelId: number;
  readonly frame: number;
  readonly points: readonly number[];
  readonly zOrder: number;
  readonly rotation: number;
  readonly group: number;
  readonly source: string;
}
