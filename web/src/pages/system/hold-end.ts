const HOUR_MS = 3_600_000;

/** The choice that names a time of one's own. */
export const UNTIL = 'until';

/** For how long a server may be held, in milliseconds as text. */
export const HOLD_CHOICES: readonly { readonly value: string; readonly label: string }[] = [
  { value: String(HOUR_MS), label: '1 hour' },
  { value: String(4 * HOUR_MS), label: '4 hours' },
  { value: String(24 * HOUR_MS), label: '1 day' },
  { value: UNTIL, label: 'until a time of your choice' },
];

/**
 * When a hold ends, as an ISO time; null where no time is given yet, or one that has passed.
 *
 * @param choice a value of {@link HOLD_CHOICES}
 * @param time what stands in the field for a time of one's own, in the viewer's zone
 * @param now milliseconds since 1970
 */
export function holdEnd(choice: string, time: string, now: number): string | null {
  const end = choice === UNTIL ? new Date(time).getTime() : now + Number(choice);
  return Number.isNaN(end) || end <= now ? null : new Date(end).toISOString();
}
