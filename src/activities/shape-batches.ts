import type { ExpectedShape } from './expected-shapes.ts';

/** Numbers of points that are sent at once: about 3 MB of JSON, where CVAT takes 100. */
const POINTS_AT_ONCE = 500_000;

/** Splits shapes, in their order, over requests; always in the same way. */
export function shapeBatches(shapes: readonly ExpectedShape[]): readonly (readonly ExpectedShape[])[] {
  const all: ExpectedShape[][] = [];
  let room = 0;
  for (const shape of shapes) {
    if (all.length === 0 || shape.points.length > room) {
      all.push([]);
      room = POINTS_AT_ONCE;
    }
    all.at(-1)?.push(shape);
    room -= shape.points.length;
  }
  return all;
}
