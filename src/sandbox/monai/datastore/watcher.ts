import type { Clock } from '../clock.ts';

/** What the watcher of a folder does not survive. */
export interface WatcherLimit {
  /** Uploads in a row. */
  readonly writes: number;
  /** Longest time between two of them that still counts as in a row, in milliseconds. */
  readonly gapMs: number;
}

/**
 * Notices changes of a folder a little later. Uploads that follow too close on one another end it for good, and nothing
 * tells so.
 */
export class Watcher {
  readonly #clock: Clock;
  readonly #delayMs: number;
  readonly #limit: WatcherLimit | null;
  readonly #closing = new AbortController();
  #lastWrite = Number.NEGATIVE_INFINITY;
  #inRow = 0;
  #isAlive = true;

  /** @param limit null for a watcher that survives everything */
  constructor(clock: Clock, delayMs: number, limit: WatcherLimit | null) {
    this.#clock = clock;
    this.#delayMs = delayMs;
    this.#limit = limit;
  }

  /** Notes an upload. */
  wrote(): void {
    const now = this.#clock.now();
    const limit = this.#limit;
    if (limit === null) return;
    this.#inRow = now - this.#lastWrite < limit.gapMs ? this.#inRow + 1 : 1;
    this.#lastWrite = now;
    if (this.#inRow >= limit.writes) this.#isAlive = false;
  }

  /** Calls back when the watcher would notice a change that has just happened; never if it is dead by then. */
  changed(notice: () => void): void {
    if (!this.#isAlive || this.#closing.signal.aborted) return;
    void this.#clock.background(async () => {
      try {
        await this.#clock.sleep(this.#delayMs, this.#closing.signal);
      } catch {
        return;
      }
      if (this.#isAlive) notice();
    });
  }

  close(): void {
    this.#closing.abort();
  }
}
