/**
 * Undoes the filter of one row in place; bytes count modulo 256. Formulas: PNG specification (third edition), 9.2.
 *
 * @param filter 0 none, 1 sub, 2 up, 3 average, 4 Paeth
 * @param prior the row above after its own filter was undone, of the same length; zeros above the first row
 * @param step bytes from a byte to the one of the same kind in the pixel to the left; 1 for depths below 8
 * @returns false if there is no such filter
 */
export function unfilterRow(filter: number, row: Uint8Array, prior: Uint8Array, step: number): boolean {
  switch (filter) {
    case 0:
      return true;
    case 1:
      for (let i = step; i < row.length; i += 1) row[i]! += row[i - step]!;
      return true;
    case 2:
      for (let i = 0; i < row.length; i += 1) row[i]! += prior[i]!;
      return true;
    case 3:
      undoAverage(row, prior, step);
      return true;
    case 4:
      undoPaeth(row, prior, step);
      return true;
    default:
      return false;
  }
}

function undoAverage(row: Uint8Array, prior: Uint8Array, step: number): void {
  const start = Math.min(step, row.length);
  for (let i = 0; i < start; i += 1) row[i]! += prior[i]! >> 1;
  for (let i = start; i < row.length; i += 1) row[i]! += (row[i - step]! + prior[i]!) >> 1;
}

/** Adds whichever of left, above and upper left is nearest to left + above - upper left; ties in that order. */
function undoPaeth(row: Uint8Array, prior: Uint8Array, step: number): void {
  const start = Math.min(step, row.length);
  for (let i = 0; i < start; i += 1) row[i]! += prior[i]!;
  for (let i = start; i < row.length; i += 1) {
    const left = row[i - step]!;
    const above = prior[i]!;
    const corner = prior[i - step]!;
    const toLeft = Math.abs(above - corner);
    const toAbove = Math.abs(left - corner);
    const toCorner = Math.abs(left + above - 2 * corner);
    if (toLeft <= toAbove && toLeft <= toCorner) row[i]! += left;
    else row[i]! += toAbove <= toCorner ? above : corner;
  }
}
