interface Box {
  readonly width: number;
  readonly height: number;
  /** Free on all sides. */
  readonly margin: number;
}

/** Least difference that fills the height: below it, noise would look like a rise. */
const LEAST_RANGE = 0.1;

/** Where values lie in a box of pixels, from left to right; the largest is at the top. One alone lies at the left, equal ones in the middle. */
export function linePoints(
  values: readonly number[],
  { width, height, margin }: Box,
): readonly (readonly [number, number])[] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const range = Math.max(high - low, LEAST_RANGE);
  const middle = (low + high) / 2;
  const step = values.length < 2 ? 0 : (width - 2 * margin) / (values.length - 1);
  return values.map((value, index) => [
    round(margin + index * step),
    round(height / 2 - ((value - middle) / range) * (height - 2 * margin)),
  ]);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
