import type { Trouble } from '../contracts/iteration.ts';

/** Between two looks at a hold, in milliseconds: whoever ends one sooner wakes those who wait. */
const LOOK_MS = 5 * 60_000;
const LEAST_MS = 1000;

/** Activities end with these failures at once, so that a hold is shown, and whoever waits for an answer has one. */
export const SHOWN_AT_ONCE: string[] = ['OnHold'];

/** How long a hold is waited out before it is looked at again, in milliseconds; null for any other trouble. @param now ISO time */
export function holdDelay(trouble: Trouble | null, now: string): number | null {
  if (trouble?.code !== 'OnHold') return null;
  const { until } = trouble.facts;
  const leftMs = typeof until === 'string' ? Date.parse(until) - Date.parse(now) : 0;
  return Math.min(Math.max(leftMs, LEAST_MS), LOOK_MS);
}
