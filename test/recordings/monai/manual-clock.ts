import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../../src/sandbox/monai/clock.ts';

/** A clock that stands still unless it is turned. */
export interface ManualClock extends Clock {
  /** Lets time pass: wakes whoever sleeps no longer, in order, and waits until all work is asleep or done. */
  advance(milliseconds: number): Promise<void>;
}

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

/**
 * @param start milliseconds since 1970
 */
export function createManualClock(start: number): ManualClock {
  let now = start;
  let awake = 0;
  const sleepers = new Set<Sleeper>();

  async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (milliseconds <= 0) return;
    // Nobody turns the clock while a request is answered: there time passes by itself.
    if (awake === 0) {
      now += milliseconds;
      return;
    }
    awake -= 1;
    await new Promise<void>((resolve) => {
      const sleeper = { due: now + milliseconds, wake };
      function wake(): void {
        if (!sleepers.delete(sleeper)) return;
        awake += 1;
        signal.removeEventListener('abort', wake);
        resolve();
      }
      sleepers.add(sleeper);
      signal.addEventListener('abort', wake);
    });
    signal.throwIfAborted();
  }

  async function settled(): Promise<void> {
    do await setImmediate();
    while (awake > 0);
  }

  return {
    now: () => now,
    sleep,
    async background(work) {
      awake += 1;
      try {
        return await work();
      } finally {
        awake -= 1;
      }
    },
    async advance(milliseconds) {
      const target = now + milliseconds;
      await settled();
      for (;;) {
        const next = [...sleepers].filter(({ due }) => due <= target).toSorted((a, b) => a.due - b.due)[0];
        if (next === undefined) break;
        now = Math.max(now, next.due);
        next.wake();
        await settled();
      }
      now = Math.max(now, target);
    },
  };
}
