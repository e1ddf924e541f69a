import { readFileSync } from 'node:fs';

/** A polygon, and the pixels that pycocotools fills for it, as compressed counts. */
export interface FilledPolygon {
  readonly width: number;
  readonly height: number;
  readonly points: readonly number[];
  readonly counts: string;
}

/** Made by `scripts/pycocotools_polygons.py`. */
export const FILLED_POLYGONS = JSON.parse(
  readFileSync(new URL('../fixtures/pycocotools-polygons.json', import.meta.url), 'utf8'),
) as readonly FilledPolygon[];
