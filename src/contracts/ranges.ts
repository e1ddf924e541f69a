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

/** Whole numbers as ranges, ascending, each once. */
export function toRanges(numbers: Iterable<number>): Ranges {
  const ranges: [number, number][] = [];
  for (const number of [...new Set(numbers)].toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges;
}

/** True if one of the ranges holds the number. */
export function holds(ranges: Ranges, number: number): boolean {
  return ranges.some(([first, last]) => first <= number && number <= last);
}

/** The numbers that the ranges hold, in their order. */
export function numbersOf(ranges: Ranges): readonly number[] {
  return ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, index) => first + index));
}
