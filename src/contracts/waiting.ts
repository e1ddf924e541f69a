import type { AtDeadline, DeadlineOptions, LastPolicy, PassedDeadline } from './deadline.ts';
import type { FailureCode } from './failures.ts';
import type { ArtifactRef } from './refs.ts';

/** Which jobs a second person looks at: all, a share from 0 to 1, or those with the most changed shapes. */
export type ReviewPick =
  | { readonly kind: 'all' }
  | { readonly kind: 'share'; readonly share: number }
  | { readonly kind: 'mostChanged'; readonly jobs: number };

/** A second look at completed jobs. */
export interface ReviewOptions {
  /** User names in CVAT, at least one. */
  readonly reviewers: readonly string[];
  readonly pick: ReviewPick;
}

/** Whose a job was, so that a rejected one finds its way back; jobs by user name. At most {@link MOST_IN_REVIEW} of them. */
export interface ReviewRecord {
  readonly annotators: Readonly<Record<string, readonly number[]>>;
  readonly reviewers: Readonly<Record<string, readonly number[]>>;
  /** The jobs with the most changes, once they are known; null before, and where another rule picks. */
  readonly picked: readonly number[] | null;
}

/** The record travels with the state of the iteration, which stays under 16 kB. */
export const MOST_IN_REVIEW = 400;

/** One job given from one person to another. */
export interface HandOver {
  readonly job: number;
  readonly what: 'to review' | 'back to annotation' | 'accepted';
  /** User name of whom it goes to; null for nobody. An accepted job stays with whom it is. */
  readonly to: string | null;
  /** CVAT's time of the job's last change when this was decided: a newer change is a person's, and wins. */
  readonly seenAt: string;
}

/** What is to be handed over now, and what has to be remembered before. */
export interface HandOverPlan {
  readonly handOvers: readonly HandOver[];
  readonly review: ReviewRecord;
}

/** What became of a plan. */
export interface HandOverRef {
  readonly done: readonly number[];
  /** Jobs that somebody changed meanwhile, or that CVAT shows otherwise than asked: left as they are. */
  readonly left: readonly number[];
}

/** What a person decided on while people work; the poll is told. */
export interface WaitState {
  /** Moved deadline, ISO; undefined while it is that of the start. */
  readonly deadline?: string;
  /** Instead of the policy of the start. */
  readonly policy?: LastPolicy;
  /** Deadlines that have passed and were moved by themselves; absent for none. */
  readonly deadlines?: readonly PassedDeadline[];
  /** Findings that somebody has approved: they do not stop the iteration again. */
  readonly approved: readonly FailureCode[];
  readonly review?: ReviewRecord;
  /** Ids of jobs that the seal found reopened last, at most 20; they are named until they are completed. */
  readonly reopened?: readonly number[];
}

/** What the poll is told besides the input of the iteration. */
export interface WaitTerms {
  /** ISO time; null for none. */
  readonly deadline: string | null;
  /** `wait`: the deadline has passed and a person knows; only the end of all jobs counts. */
  readonly policy: LastPolicy | 'wait';
  readonly approved: readonly FailureCode[];
  readonly review: ReviewRecord | null;
  /** Shapes that were put into the task; 0 where none were. */
  readonly importedShapes: number;
  /** Labels as they were at upload; null where it was skipped. */
  readonly labelTable: ArtifactRef | null;
  /** Jobs that are known to have been complete before the poll began; absent for none. */
  readonly reopened?: readonly number[];
  /** True while people get more time when the deadline passes: it is not the last one. */
  readonly moreTime?: true;
  /** When jobs are to be shared out once more, ISO time; absent where none were left. */
  readonly sharingDueAt?: string;
  /** ISO time of the start of the iteration, where people are told of things; reminders from before it are not sent. */
  readonly startedAt?: string;
  /** What happens when the deadline passes, for the same purpose. */
  readonly atDeadline?: AtDeadline;
}

/** A request to give open jobs of one person to another. */
export interface Reassignment {
  readonly from: string;
  readonly to: string;
  /** Only this job; null for all open ones. */
  readonly job: number | null;
}

/** When a job counts as done: its state is `completed`, or its stage is `acceptance` and its state `completed`. */
export type CompletionRule = 'state' | 'acceptance';

export interface CompletionOptions {
  readonly rule: CompletionRule;
  /** Share of the frames in completed jobs that is enough, above 0 and below 1; all jobs if left out. */
  readonly atLeast?: number;
  /** None if left out. */
  readonly deadline?: DeadlineOptions;
  /** Time between two reads of CVAT, in milliseconds, at least 1,000. */
  readonly pollMs: number;
}
