const MINUTE_MS = 60_000;

/** What is waited after the first, second, … refusal, in milliseconds. */
const DELAYS_MS = [MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * 60 * MINUTE_MS, 8 * 60 * MINUTE_MS] as const;

/** Whatever a receiver asks for, in milliseconds. */
const LONGEST_MS = 24 * 60 * MINUTE_MS;

/**
 * How long to wait after a refusal, in milliseconds; null where it is given up, after six tries in about eleven hours.
 *
 * @param tries how many there were, at least 1
 * @param askedMs what the receiver has asked for
 */
export function retryDelay(tries: number, askedMs: number | undefined): number | null {
  const delayMs = DELAYS_MS[tries - 1];
  if (delayMs === undefined) return null;
  return Math.min(LONGEST_MS, Math.max(delayMs, askedMs ?? 0));
}
