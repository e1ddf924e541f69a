/** Numbers in compact form: first and last of each run, both included, ascending. */
export type Ranges = readonly (readonly [first: number, last: number])[];

/** How many numbers the ranges hold; they must not overlap. */
export function howMany(ranges: Ranges): number {
  return ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

/** So many numbers, of which only the first ranges are kept. */
export interface FirstRanges {
  readonly total: number;
  readonly first: Ranges;
}
