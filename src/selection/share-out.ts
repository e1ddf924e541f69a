const BILLION = 1e9;

/**
 * Shares a number of frames out by the largest remainder (Hamilton's method): each part gets its exact share rounded down, and
 * what is left goes to the parts with the largest remainders, the earlier one where they are equal.
 *
 * @param total at least 0, a whole number
 * @param shares above 0; they count by their ratio
 * @returns a whole number for each share, all together `total`
 */
export function shareOut(total: number, shares: readonly number[]): readonly number[] {
  const sum = shares.reduce((before, share) => before + share, 0);
  // In whole billionths: 0.3 of 10 is a little less than 3 in binary, and equal remainders of unequal numbers differ in the last bit.
  const exact = shares.map((share) => Math.round(((total * share) / sum) * BILLION));
  const counts = exact.map((value) => Math.floor(value / BILLION));
  const left = total - counts.reduce((before, count) => before + count, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value % BILLION }))
    .toSorted((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, left)) counts[index]! += 1;
  return counts;
}
