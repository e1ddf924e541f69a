import type { IterationView } from '../../operations/describe-iteration.ts';
import type { PendingActivity } from '../../operations/pending-activities.ts';
import { progressOf } from './progress.ts';

/**
 * What is under way: an activity a line, in the words of `textOf`. Masks are converted by several activities at a time,
 * of which one line tells: `convert: 1500 of 4000 masks`. Those of them that wait for a next try have lines of their own.
 */
export function workLines(
  { status, activities }: Pick<IterationView, 'status' | 'activities'>,
  textOf: (activity: PendingActivity) => string | null,
): readonly string[] {
  const converted = status?.converted ?? null;
  const shards = converted === null ? [] : activities.filter(isConverting);
  const others = activities.filter((activity) => !shards.includes(activity)).map(textOf);
  const lines = others.filter((line) => line !== null);
  if (converted === null || shards.length === 0) return lines;
  const underWay = shards.map(masksOf).reduce((sum, masks) => sum + masks, 0);
  // Status and activities are read one after the other: a shard that ends in between is in both.
  const done = Math.min(converted.done + underWay, converted.total);
  return [`convert: ${done} of ${converted.total} masks`, ...lines];
}

function isConverting({ name, nextAttemptAt }: PendingActivity): boolean {
  return name === 'convertShard' && nextAttemptAt === null;
}

function masksOf({ heartbeat }: PendingActivity): number {
  const progress = progressOf(heartbeat);
  return progress?.phase === 'masks' ? progress.done : 0;
}
