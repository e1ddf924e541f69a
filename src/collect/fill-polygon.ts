import { paintRuns } from '../coco/paint-runs.ts';
import { polygonRuns } from '../coco/polygon-runs.ts';

/** An image whose values are painted in place, row by row. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly values: Uint8Array | Uint16Array;
}

/**
 * Fills a closed polygon `[x0, y0, x1, y1, …]` in pixel coordinates, where pixel (0, 0) covers 0 to 1 both ways, with
 * exactly the pixels that pycocotools gives for it. A polygon that crosses itself is filled by the even-odd rule. What lies
 * outside the canvas is left out.
 */
export function fillPolygon(canvas: Canvas, points: readonly number[], value: number): void {
  paintRuns(canvas, polygonRuns(points, canvas.width, canvas.height), value);
}
