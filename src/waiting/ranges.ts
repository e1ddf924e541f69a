import type { Ranges } from '../contracts/ranges.ts';

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

/** How many numbers the ranges hold; they must not overlap. */
export function countOf(ranges: Ranges): number {
  return ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}
