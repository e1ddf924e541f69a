import type { PendingActivity } from '../../operations/pending-activities.ts';
import { progressText } from './progress.ts';
import { formatClock } from './time.ts';

/** What an activity does or why it has not ended, without times that change from read to read. */
export function activityText(activity: PendingActivity): string | null {
  const { lastFailure, heartbeat, nextAttemptAt } = activity;
  const progress = progressText(heartbeat);
  // While it runs its own words are the newest; while it waits for a next try the failure is.
  if (lastFailure === null || (nextAttemptAt === null && progress !== null)) return progress;
  if (lastFailure.code === 'AnnotationPending' || lastFailure.code === 'LabelsNotQuiet') return lastFailure.message;
  return `${lastFailure.code ?? 'the last try failed'}: ${lastFailure.message}`;
}

/** The same with its tries: `… (try 4, next at 14:05:09 UTC)`. */
export function activityLine(activity: PendingActivity): string | null {
  const text = activityText(activity);
  if (activity.nextAttemptAt === null && activity.attempt <= 1) return text;
  const next = activity.nextAttemptAt === null ? '' : `, next at ${formatClock(new Date(activity.nextAttemptAt))} UTC`;
  return `${text ?? activity.name} (try ${activity.attempt}${next})`;
}
