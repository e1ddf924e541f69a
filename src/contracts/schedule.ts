/** The registered name of the workflow that a schedule starts; never changed. */
export const SCHEDULED_WORKFLOW = 'scheduledIterationWorkflow';

/** What becomes of a scheduled iteration while one of the loop runs: nothing; or it begins when that has ended. */
export const OVERLAPS = ['skip', 'buffer'] as const;
export type Overlap = (typeof OVERLAPS)[number];

/** When a schedule asks for an iteration. At least one of `everyMs` and `cron` says it. */
export interface ScheduleTimes {
  /** Milliseconds from one to the next, at least a minute, counted from 1970 on and moved by `offsetMs`; null for none. */
  readonly everyMs: number | null;
  readonly offsetMs: number;
  /** Lines of five fields, as cron has them; names of days and months, and `@daily`, are understood. */
  readonly cron: readonly string[];
  /** A name of the IANA time zone database; for `cron`. */
  readonly timeZone: string;
  /** A random part of up to so many milliseconds is added to each time. */
  readonly jitterMs: number;
  /** What Temporal was too late for, having been away, is made up for if it was due in the last so many milliseconds. */
  readonly catchUpMs: number;
}

/** What the workflow of a schedule is started with. */
export interface ScheduledInput {
  /** Id of the loop's workflow. */
  readonly loop: string;
  readonly overlap: Overlap;
}

/** What came of one scheduled time. A skipped one says why. */
export interface ScheduledOutcome {
  readonly outcome: 'begun' | 'skipped';
  readonly why: string;
}
