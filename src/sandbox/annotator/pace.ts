import { setTimeout as sleep } from 'node:timers/promises';

/** How fast a person works: no two delays are the same, but a seed repeats them. */
export interface Pace {
  /** Waits between half and one and a half times as long. @throws the signal's reason when it is stopped */
  wait(milliseconds: number): Promise<void>;
}

export function createPace(seed: number, signal: AbortSignal): Pace {
  let state = seed >>> 0;
  return {
    async wait(milliseconds) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      await sleep(milliseconds * (0.5 + state / 2 ** 32), undefined, { signal });
    },
  };
}
