/** Digits of a second that CVAT writes; none where they are all zero. */
const FRACTION = /\.(\d+)/;

/**
 * Compares two of CVAT's times to the microsecond: negative if the first is earlier, 0 if they are equal. CVAT writes
 * ISO 8601 in UTC with six digits of a second.
 */
export function compareTimes(first: string, second: string): number {
  const seconds = Date.parse(whole(first)) - Date.parse(whole(second));
  return seconds === 0 ? micros(first) - micros(second) : seconds;
}

function whole(time: string): string {
  return time.replace(FRACTION, '');
}

function micros(time: string): number {
  return Number((FRACTION.exec(time)?.[1] ?? '').padEnd(6, '0').slice(0, 6));
}
