import { setTimeout } from 'node:timers/promises';

/** Time as the stand-in lives it. Everything that waits or notes a time asks the clock, so that tests can turn it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Waits, or throws as soon as the signal is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Runs what goes on without a request; a clock that is turned by hand must know of it to let it finish. */
  background<T>(work: () => Promise<T>): Promise<T>;
}

/** The clock of the machine. */
export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    signal.throwIfAborted();
    if (milliseconds > 0) await setTimeout(milliseconds, undefined, { signal });
  },
  background: async (work) => work(),
};
