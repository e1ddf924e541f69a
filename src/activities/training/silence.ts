import type { MetricPoint } from '../../contracts/training.ts';

/** A pause so many times as long as the longest between two epochs tells that a process is dead. */
const PATIENCE = 5;
const LEAST_MS = 60_000;
/** Fewer pauses than these say nothing about the pace. */
const ENOUGH_PAUSES = 3;

/** The last change of something, and since when it is as it is, in milliseconds since 1970. */
export interface Silence {
  readonly key: string;
  readonly since: number;
}

/** Goes on counting while `key` stays the same. */
export function silenceAfter(before: Silence | null, key: string, now: number): Silence {
  return before?.key === key ? before : { key, since: now };
}

/** The last epoch that a run was seen to reach; 0 for none. */
export function lastEpoch(points: readonly MetricPoint[], run: number | null): number {
  return points.findLast((point) => point.run === run)?.epoch ?? 0;
}

/**
 * After which silence a training that its server has forgotten is dead, in milliseconds: after what the iteration
 * promises to be the longest, or sooner where the run has shown its pace: five of its longest epochs, at least a minute.
 */
export function deadAfterMs(points: readonly MetricPoint[], run: number | null, stalledAfterMs: number): number {
  const times = points.filter((point) => point.run === run).map(({ at }) => Date.parse(at));
  const pauses = times.slice(1).map((time, index) => time - (times[index] ?? time));
  if (pauses.length < ENOUGH_PAUSES) return stalledAfterMs;
  return Math.min(stalledAfterMs, Math.max(LEAST_MS, PATIENCE * Math.max(...pauses)));
}
