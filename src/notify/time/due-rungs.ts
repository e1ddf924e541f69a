import type { Rung } from '../../contracts/notice.ts';

/** Times in milliseconds since 1970. */
export interface Countdown {
  readonly deadlineMs: number;
  /** A rung from before that is not climbed any more. */
  readonly startedMs: number;
  readonly nowMs: number;
}

/**
 * The rung that each kind of people has reached: the last one whose time has come. Those before it are not said any more, so
 * that what came up in the night is one message in the morning.
 */
export function dueRungs(ladder: readonly Rung[], { deadlineMs, startedMs, nowMs }: Countdown): readonly Rung[] {
  const reached = new Map<Rung['whom'], Rung>();
  for (const rung of ladder) {
    const dueMs = deadlineMs - rung.beforeMs;
    if (dueMs > nowMs || dueMs <= startedMs) continue;
    const known = reached.get(rung.whom);
    if (known === undefined || rung.beforeMs < known.beforeMs) reached.set(rung.whom, rung);
  }
  return [...reached.values()];
}
