import type { Random } from '../../scenes/random.ts';
import { FEATURES } from './features.ts';

/** Pixels taken from each image; enough for a classifier of a few hundred weights. */
export const ROWS_PER_IMAGE = 800;
/** Share of them spread evenly over the classes, so that small objects are seen at all. */
const BALANCED = 0.4;

/** Pixels with known labels. */
export interface LabelledRows {
  /** Rows of {@link FEATURES} numbers. */
  readonly features: Float32Array;
  /** One label index a row. */
  readonly labels: Uint8Array;
}

/** Space for the samples of some images, {@link ROWS_PER_IMAGE} rows each. */
export function createRows(images: number): LabelledRows {
  const rows = images * ROWS_PER_IMAGE;
  return { features: new Float32Array(rows * FEATURES), labels: new Uint8Array(rows) };
}

/** The rows of one image, as a view. */
export function rowsOf(rows: LabelledRows, image: number): LabelledRows {
  const from = image * ROWS_PER_IMAGE;
  const to = from + ROWS_PER_IMAGE;
  return { features: rows.features.subarray(from * FEATURES, to * FEATURES), labels: rows.labels.subarray(from, to) };
}

/**
 * Fills `into` with a random sample of an image's pixels, with repetition.
 *
 * @param pixels features and labels of all pixels of the image
 */
export function sampleRows(random: Random, pixels: LabelledRows, into: LabelledRows): void {
  const classes = pixelsByClass(pixels.labels);
  for (let row = 0; row < into.labels.length; row += 1) {
    const pool = random.chance(BALANCED) ? classes[random.integer(0, classes.length - 1)] : undefined;
    const pixel = pool?.[random.integer(0, pool.length - 1)] ?? random.integer(0, pixels.labels.length - 1);
    into.features.set(pixels.features.subarray(pixel * FEATURES, (pixel + 1) * FEATURES), row * FEATURES);
    into.labels[row] = pixels.labels[pixel]!;
  }
}

function pixelsByClass(labels: Uint8Array): number[][] {
  const byClass = new Map<number, number[]>();
  for (const [pixel, label] of labels.entries()) {
    const pixels = byClass.get(label);
    if (pixels === undefined) byClass.set(label, [pixel]);
    else pixels.push(pixel);
  }
  return [...byClass.values()];
}
