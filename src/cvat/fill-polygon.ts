/** An image whose values are painted in place, row by row. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly values: Uint8Array | Uint16Array;
}

/**
 * Fills a closed polygon `[x0, y0, x1, y1, …]` in pixel coordinates, where pixel (0, 0) covers 0 to 1 both ways. A pixel
 * belongs to the polygon if its centre lies inside by the even-odd rule; a centre exactly on an edge belongs to what is
 * right of or below the edge, so that polygons that share an edge share no pixel and leave none out. What lies outside
 * the canvas is left out.
 */
export function fillPolygon({ width, height, values }: Canvas, points: readonly number[], value: number): void {
  const ys = points.filter((_, i) => i % 2 === 1);
  const first = Math.max(0, Math.floor(ys.reduce((least, y) => Math.min(least, y), Infinity) - 0.5));
  const last = Math.min(height - 1, Math.ceil(ys.reduce((most, y) => Math.max(most, y), -Infinity) - 0.5));
  for (let row = first; row <= last; row += 1) {
    const crossings = crossingsAt(points, row + 0.5);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const from = Math.max(0, Math.ceil((crossings[i] ?? 0) - 0.5));
      const to = Math.min(width, Math.ceil((crossings[i + 1] ?? 0) - 0.5));
      if (from < to) values.fill(value, row * width + from, row * width + to);
    }
  }
}

/** Where the edges cross a horizontal line, from left to right; always an even number. */
function crossingsAt(points: readonly number[], y: number): number[] {
  const crossings: number[] = [];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [x0, y0] = [points[i] ?? 0, points[i + 1] ?? 0];
    const next = (i + 2) % points.length;
    const [x1, y1] = [points[next] ?? 0, points[next + 1] ?? 0];
    if (y0 <= y !== y1 <= y) crossings.push(x0 + ((y - y0) * (x1 - x0)) / (y1 - y0));
  }
  return crossings.toSorted((a, b) => a - b);
}
