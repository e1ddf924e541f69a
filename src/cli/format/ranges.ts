import { howMany, type Ranges } from '../../contracts/ranges.ts';

/** Ranges that are written out; what is beyond is counted. */
const MOST_SHOWN = 8;

/** Numbers as people write them: `0-3, 7 and 12 more`. `total` where the ranges are only the first of more. */
export function rangesText(ranges: Ranges, total = howMany(ranges)): string {
  const shown = ranges.slice(0, MOST_SHOWN);
  const texts = shown.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`));
  const rest = total - howMany(shown);
  return texts.join(', ') + (rest === 0 ? '' : ` and ${rest} more`);
}
