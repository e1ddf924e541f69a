import type { Mask } from '../../coco/mask.ts';
import { fillRuns, rowRuns } from './row-runs.ts';

/** A shape of a frame by its pixels. */
export interface DrawnShape {
  /** Category id. */
  readonly category: number;
  /** Run lengths row by row over the whole frame, background first. */
  readonly runs: readonly number[];
  /** Where CVAT says that the shape comes from: `auto`, `semi-auto`, `manual`, `file`. */
  readonly source: string;
}

/** The shapes of a frame, and what they look like when the later ones lie on top. */
export interface DrawnFrame {
  readonly shapes: readonly DrawnShape[];
  /** Pixel values are category ids. */
  readonly mask: Mask;
}

/** A shape that sets its pixels on an empty canvas to 1. */
export interface Drawable extends Pick<DrawnShape, 'category' | 'source'> {
  readonly cover: (canvas: { width: number; height: number; values: Uint8Array }) => void;
}

/**
 * Draws shapes one over the other. What has no pixels is left out.
 *
 * @param drawables from the lowest to the highest
 */
export function drawFrame(
  { width, height }: { readonly width: number; readonly height: number },
  drawables: readonly Drawable[],
): DrawnFrame {
  const canvas = { width, height, values: new Uint8Array(width * height) };
  const values = new Uint16Array(width * height);
  const shapes: DrawnShape[] = [];
  for (const { category, source, cover } of drawables) {
    cover(canvas);
    const runs = rowRuns(canvas.values);
    if (runs.length === 0) continue;
    fillRuns(runs, canvas.values, 0);
    fillRuns(runs, values, category);
    shapes.push({ category, runs, source });
  }
  return { shapes, mask: { width, height, values } };
}
