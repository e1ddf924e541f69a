/** Patience, in milliseconds. */
export interface TimingOptions {
  /** After this silence a worker counts as lost and its activity is given to another; at least 1,000. */
  readonly heartbeatTimeoutMs: number;
  /** After this time without an answer, a server that is polled is shown as away. */
  readonly unreachableAfterMs: number;
  /** After this time an import that CVAT has not ended counts as stuck; 30 minutes if absent. */
  readonly importStuckAfterMs?: number;
  /**
   * Longest time that a training that lives shows no sign: its start, or one epoch with its validation. After it a
   * training counts as stalled, and one that its server has forgotten as dead; 30 minutes if absent.
   */
  readonly stalledAfterMs?: number;
}

export const DEFAULT_STALLED_AFTER_MS = 30 * 60_000;

export const DEFAULT_TIMING: TimingOptions = { heartbeatTimeoutMs: 30_000, unreachableAfterMs: 15 * 60_000 };
