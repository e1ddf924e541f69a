/** How soon background jobs are looked at, in milliseconds. */
export interface WaitPace {
  /** Least time between two looks; 50 by default. */
  readonly firstGapMs?: number;
  /** Until CVAT has put one line in place of the traceback of a failure; 1000 by default. */
  readonly settlingMs?: number;
}

export interface WaitOptions {
  readonly signal?: AbortSignal | undefined;
  /** Gives up with `ImportStuck` after this time. */
  readonly deadlineMs?: number;
  /** Called with each read; it is waited for what it returns, and what it throws ends the wait. */
  readonly onPoll?: (request: BackgroundRequest) => unknown;
}

export type RequestStatus = 'queued' | 'started' | 'finished' | 'failed';

/** A background job of CVAT. The same id serves every import into a task: compare `createdAt`. */
export interface BackgroundRequest {
  readonly id: string;
  readonly status: RequestStatus;
  /** Empty, or the failure's text without class prefix and trailing newline. */
  readonly message: string;
  readonly createdAt: string;
  /** Null until CVAT works on it, and for a moment after; noted twice, the second time just before the work. */
  readonly startedAt: string | null;
  /** Null until it has ended, and for a moment after. */
  readonly finishedAt: string | null;
  /** Name of the user who asked for it; null where CVAT does not say. */
  readonly owner: string | null;
}
