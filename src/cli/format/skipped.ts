/** What was left out of masks, by its key in `skippedPixels`: `value 9`, `colour #ff0000`, or `others` for the rest. */
export function skippedName(key: string): string {
  if (key.startsWith('#')) return `colour ${key}`;
  return /^\d+$/.test(key) ? `value ${key}` : 'others';
}
