import type { Mask } from '../../coco/mask.ts';

/** In pixels from the top left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Sets all pixels whose centre lies in the polygon (even-odd rule) to `value`; parts outside the mask are cut off. */
export function fillPolygon(mask: Mask, polygon: readonly Point[], value: number): void {
  for (let y = 0; y < mask.height; y += 1) {
    const crossings = rowCrossings(polygon, y + 0.5);
    for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
      const from = Math.max(0, Math.ceil((crossings[pair] ?? 0) - 0.5));
      const to = Math.min(mask.width, Math.ceil((crossings[pair + 1] ?? 0) - 0.5));
      if (from < to) mask.values.fill(value, y * mask.width + from, y * mask.width + to);
    }
  }
}

/** Where the polygon's edges cross a horizontal line, from left to right. */
function rowCrossings(polygon: readonly Point[], y: number): number[] {
  const crossings: number[] = [];
  for (const [index, start] of polygon.entries()) {
    const end = polygon[(index + 1) % polygon.length] ?? start;
    if (start.y <= y === end.y <= y) continue;
    crossings.push(start.x + ((y - start.y) / (end.y - start.y)) * (end.x - start.x));
  }
  return crossings.toSorted((a, b) => a - b);
}
