/**
 * What becomes in the end of an iteration whose deadline passes with jobs open: a person decides; or it goes on with the
 * completed jobs; or it does so and lists the frames of the others, so that what comes next can begin with them.
 */
export const LAST_POLICIES = ['attention', 'continue', 'carry'] as const;
export type LastPolicy = (typeof LAST_POLICIES)[number];

/** The same, or people get more time first, some times: all who have open jobs, or others who are given these jobs. */
export const AT_DEADLINE = [...LAST_POLICIES, 'extend', 'reassign'] as const;
export type AtDeadline = (typeof AT_DEADLINE)[number];

/** More time than that is given by people. */
export const MOST_EXTENSIONS = 20;

/** How a deadline is moved by itself when it passes. */
export interface MoreTime {
  /** So much later it is then, in milliseconds. */
  readonly byMs: number;
  /** How often, from 1 to {@link MOST_EXTENSIONS}. */
  readonly times: number;
  /** User names of those who are given the open jobs of all others; empty where jobs stay whose they are. */
  readonly people: readonly string[];
  /** What happens at the deadline after these. */
  readonly last: LastPolicy;
}

/** A deadline that has passed and was moved by itself. */
export interface PassedDeadline {
  /** ISO time. */
  readonly at: string;
  /** The deadline that followed, ISO time. */
  readonly until: string;
  /** Only where jobs were given to others: how the open jobs lay afterwards. */
  readonly shared?: SharedJobs;
}

/** Jobs that people still annotate, after they were shared out. */
export interface SharedJobs {
  /** Those of the named people, and their frames. */
  readonly jobs: number;
  readonly frames: number;
  /** Those of others: taken or changed meanwhile. */
  readonly others: number;
  /** Ids of those that others changed lately and therefore keep for now, at most 20; absent for none. */
  readonly busy?: readonly number[];
  /** When these are looked at again, ISO time. */
  readonly againAt?: string;
}

/**
 * So long a job has to be unchanged before a deadline gives it to another, in milliseconds: longer than the 15 minutes after
 * which CVAT's editor saves by itself where a person has switched that on.
 */
export const IDLE_BEFORE_SHARED_MS = 20 * 60 * 1000;

/** Until when people have time. */
export interface DeadlineOptions {
  /** ISO time. */
  readonly at: string;
  /** Where it was given as a time from the start, in milliseconds: a second start asks for the same, later. */
  readonly afterMs: number | null;
  readonly policy: AtDeadline;
  /** Only with the policies `extend` and `reassign`. */
  readonly more?: MoreTime;
}

/** Until when people have time, and what happens then. */
export interface DeadlineNow {
  /** ISO time. */
  readonly at: string;
  readonly policy: AtDeadline;
  /** Where it is moved by itself then: for how long, to whom, and how often still. */
  readonly more?: MoreTime & { readonly left: number };
  /** Deadlines before it that were moved by themselves; absent for none. */
  readonly passed?: readonly PassedDeadline[];
}
