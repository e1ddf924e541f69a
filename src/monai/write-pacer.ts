import { setTimeout as sleep } from 'node:timers/promises';

/** Time as the pacer sees it, in milliseconds. */
export interface Clock {
  now(): number;
  /** Resolves after `ms`, or rejects as soon as the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

const SYSTEM_CLOCK: Clock = {
  now: () => performance.now(),
  sleep: async (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }),
};

/** Runs a write when it is its turn; rejects with the reason of the signal if that is aborted before. */
export type WritePacer = <T>(write: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

/**
 * Lets one write happen at a time, in the order of the calls, each at least `gapMs` after the end of the one before.
 * MONAI Label's file watcher ends silently under back-to-back uploads, after which labels get lost; 250 ms were safe.
 */
export function createWritePacer(gapMs: number, clock: Clock = SYSTEM_CLOCK): WritePacer {
  let last: Promise<unknown> = Promise.resolve();
  let nextAt = Number.NEGATIVE_INFINITY;

  async function takeTurn<T>(write: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    await last;
    signal?.throwIfAborted();
    const wait = nextAt - clock.now();
    if (wait > 0) await clock.sleep(wait, signal);
    signal?.throwIfAborted();
    try {
      return await write();
    } finally {
      nextAt = clock.now() + gapMs;
    }
  }

  return async (write, signal) => {
    let started = false;
    const turn = takeTurn(async () => {
      started = true;
      return write();
    }, signal);
    last = turn.catch(() => undefined);
    return settledOrAborted(turn, () => started, signal);
  };
}

/** A waiting call leaves the queue at once when aborted; a started one ends by itself. */
async function settledOrAborted<T>(
  turn: Promise<T>,
  started: () => boolean,
  signal: AbortSignal | undefined,
): Promise<T> {
  if (signal === undefined) return turn;
  const done = new AbortController();
  const leave = new Promise<never>((_resolve, reject) => {
    const onAbort = (): void => {
      if (!started()) reject(signal.reason);
    };
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { signal: done.signal });
  });
  try {
    return await Promise.race([turn, leave]);
  } finally {
    done.abort();
  }
}
