/** The five filters of PNG, by number. */
export type PngFilter = 0 | 1 | 2 | 3 | 4;

/**
 * The filter byte and the filtered bytes of one row, straight from the definition: each byte less its prediction
 * from the raw bytes to the left (a), above (b) and to the upper left (c).
 *
 * @param bytesPerPixel rounded up to 1
 */
export function filterRow(filter: PngFilter, row: Buffer, above: Buffer, bytesPerPixel: number): Buffer {
  const filtered = Buffer.alloc(row.length + 1);
  filtered[0] = filter;
  for (const [i, byte] of row.entries()) {
    const a = row[i - bytesPerPixel] ?? 0;
    const b = above[i] ?? 0;
    const c = above[i - bytesPerPixel] ?? 0;
    filtered[i + 1] = byte - predict(filter, a, b, c);
  }
  return filtered;
}

function predict(filter: PngFilter, a: number, b: number, c: number): number {
  if (filter === 4) {
    const distances = [b - c, a - c, a + b - c - c].map(Math.abs);
    return [a, b, c][distances.indexOf(Math.min(...distances))] ?? 0;
  }
  return [0, a, b, Math.floor((a + b) / 2)][filter] ?? 0;
}
