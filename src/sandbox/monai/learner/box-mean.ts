/**
 * The mean of each pixel's surroundings, cut off at the borders, by an integral image.
 *
 * @param plane `width * height` values, row by row
 * @param radius of the square, in pixels; 3 gives 7×7
 */
export function boxMean(plane: Float32Array, width: number, height: number, radius: number): Float32Array {
  const sums = integral(plane, width, height);
  const stride = width + 1;
  const means = new Float32Array(plane.length);
  for (let y = 0; y < height; y += 1) {
    const top = Math.max(0, y - radius) * stride;
    const bottom = Math.min(height, y + radius + 1) * stride;
    for (let x = 0; x < width; x += 1) {
      const left = Math.max(0, x - radius);
      const right = Math.min(width, x + radius + 1);
      const sum =
        (sums[bottom + right] ?? 0) - (sums[bottom + left] ?? 0) - (sums[top + right] ?? 0) + (sums[top + left] ?? 0);
      means[y * width + x] = (sum * stride) / ((right - left) * (bottom - top));
    }
  }
  return means;
}

/** Sums over all pixels above and left of a corner: `(width + 1) * (height + 1)` values. */
function integral(plane: Float32Array, width: number, height: number): Float64Array {
  const stride = width + 1;
  const sums = new Float64Array(stride * (height + 1));
  for (let y = 0; y < height; y += 1) {
    let row = 0;
    for (let x = 0; x < width; x += 1) {
      row += plane[y * width + x] ?? 0;
      sums[(y + 1) * stride + x + 1] = (sums[y * stride + x + 1] ?? 0) + row;
    }
  }
  return sums;
}
