/** A live webhook makes polls rarer by this much, up to this interval in milliseconds. */
const RARER = 5;
const RAREST_MS = 5 * 60_000;

/** Before it is due, a list counts as due, in milliseconds: polls that come together share the next one. */
const ROUNDING_MS = 1000;

/**
 * Time between two polls, in milliseconds: `pollMs`, and five times that, at most five minutes, while a webhook tells of
 * changes. Never less than `pollMs`.
 */
export function pollInterval(pollMs: number, webhookIsAlive: boolean): number {
  return webhookIsAlive ? Math.max(pollMs, Math.min(RARER * pollMs, RAREST_MS)) : pollMs;
}

/** How old a shared list may be to serve a poll of this interval, both in milliseconds. */
export function longestAge(intervalMs: number): number {
  return Math.max(0, intervalMs - ROUNDING_MS);
}

/**
 * When to look again after a list of this age, in milliseconds: when that is as old as the interval, so that nobody learns
 * of a change later than one interval after it, and all who share a list come together for the next one.
 */
export function untilNextPoll(intervalMs: number, ageMs: number): number {
  return Math.max(ROUNDING_MS, Math.round(intervalMs - ageMs));
}
