import { setTimeout as sleep } from 'node:timers/promises';
import type { SandboxCvat, SandboxCvatOptions } from '../../../src/sandbox/cvat/start-sandbox-cvat.ts';

/** Lets the workers of a stand-in go on when the recording shows that the real ones had gone on. */
export interface WorkerSteps {
  readonly hold: NonNullable<SandboxCvatOptions['hold']>;
  /** Brings a request into a state and waits until it is there. */
  bring(cvat: SandboxCvat, id: string, to: 'started' | 'ended'): Promise<void>;
  /** The same for all requests that wait for something. */
  bringAll(cvat: SandboxCvat, to: 'started' | 'ended'): Promise<void>;
  readonly clock: () => number;
  /** Lets the clock jump ahead, in milliseconds. */
  passTime(milliseconds: number): void;
}

const LONGEST_WAIT = 3000;

export function createWorkerSteps(): WorkerSteps {
  const held = new Map<string, () => void>();
  let ahead = 0;

  /** True if there was something to go on with. */
  function goOn(id: string): boolean {
    const step = held.get(id);
    held.delete(id);
    step?.();
    return step !== undefined;
  }

  const steps: WorkerSteps = {
    hold: (request, step) => held.set(request.id, step),
    async bring(cvat, id, to) {
      const isThere = (): boolean => {
        const status = cvat.state.requests.get(id)?.status;
        const isOpen = status === 'queued' || status === 'started';
        return to === 'started' ? status !== 'queued' : !isOpen;
      };
      const until = Date.now() + LONGEST_WAIT;
      while (!isThere() && Date.now() < until) {
        // What is held again at once, a worker that is dead for instance, does not go on.
        if (!goOn(id) && !held.has(id)) await sleep(1);
        else await sleep(0);
      }
    },
    async bringAll(cvat, to) {
      for (const id of held.keys()) await steps.bring(cvat, id, to);
    },
    clock: () => Date.now() + ahead,
    passTime(milliseconds) {
      ahead += milliseconds;
    },
  };
  return steps;
}
