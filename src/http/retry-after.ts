/** Nobody is served by waiting longer: a wrong clock or a misprint would stop an iteration for years. */
const LONGEST_MS = 15 * 60_000;

/**
 * Milliseconds that a `Retry-After` header asks to wait (RFC 9110, 10.2.3): a number of seconds or a date.
 * A date in the past is 0, a time beyond 15 minutes is 15 minutes; undefined for a missing or unreadable header.
 */
export function retryAfterMs(header: string | undefined, now: number = Date.now()): number | undefined {
  const text = header?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^\d{1,9}$/.test(text)) return Math.min(Number(text) * 1000, LONGEST_MS);
  // Date.parse reads almost anything ("-5" is a year to it); a date of HTTP begins with the name of its day.
  const date = /^[A-Za-z]{3,9},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.min(Math.max(0, date - now), LONGEST_MS);
}
