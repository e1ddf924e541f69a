import type { Ranges } from '../../contracts/ranges.ts';

/** Ranges that are written out; what is beyond is counted. */
const MOST_SHOWN = 8;

/** Frame numbers as people write them: `0-3, 7 and 12 more`. */
export function framesText(ranges: Ranges): string {
  const shown = ranges.slice(0, MOST_SHOWN).map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`));
  const rest = ranges.slice(MOST_SHOWN).reduce((sum, [first, last]) => sum + last - first + 1, 0);
  return shown.join(', ') + (rest === 0 ? '' : ` and ${rest} more`);
}
