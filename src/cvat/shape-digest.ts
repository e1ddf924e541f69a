import { createHash } from 'node:crypto';

/** What of a shape makes it the same shape. CVAT gives it another id with every import. */
export interface DigestedShape {
  readonly frame: number;
  readonly labelId: number;
  readonly type: string;
  readonly points: ArrayLike<number>;
}

/** SHA-256 in lower-case hex over a set of shapes, whatever their order; equal shapes count as often as they occur. */
export function shapeDigest(shapes: Iterable<DigestedShape>): string {
  const digests = Array.from(shapes, digestOf).toSorted();
  return createHash('sha256').update(digests.join('\n')).digest('hex');
}

function digestOf({ frame, labelId, type, points }: DigestedShape): string {
  const numbers = Array.prototype.join.call(points, ',');
  return createHash('sha256').update(`${frame} ${labelId} ${type} ${numbers}`).digest('hex');
}
