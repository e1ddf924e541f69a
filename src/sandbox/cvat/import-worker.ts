import type { CvatState } from './state/cvat-state.ts';
import type { BackgroundRequest } from './state/entities.ts';
import { endRequest } from './state/requests.ts';

/** How long a worker must have been gone for the next one to notice what it left behind, in milliseconds. */
const HEARTBEAT_MS = 90_000;

/** What may befall the one worker that carries out annotation imports. */
export interface WorkerSwitches {
  /** Kills the process of the running import, as the system does when memory runs out: the import fails at once. */
  killWorkHorse(): void;
  /**
   * Kills the whole worker. Its import stays `started` and further ones stay `queued`; neither has an end, and a
   * started one cannot be cancelled.
   */
  kill(): void;
  /**
   * Starts a worker again. It works on what is queued. What the killed one had started fails, but only if it was
   * killed 90 seconds ago or earlier; else it stays `started`, and every new import of that task is a 409.
   */
  start(): void;
}

/** The switches, and what the queue needs to know. */
export interface ImportWorker extends WorkerSwitches {
  /** False if no worker is there, in which case `start` is called when one has come. */
  takes(request: BackgroundRequest, start: () => void): boolean;
  /** False for an import whose process or worker was killed. */
  isWorkingOn(request: BackgroundRequest): boolean;
  done(request: BackgroundRequest): void;
}

/** @param changed called when a switch has changed the state of a request */
export function createImportWorker(state: CvatState, changed: () => void): ImportWorker {
  const running = new Set<BackgroundRequest>();
  const abandoned = new Map<BackgroundRequest, number>();
  let waiting: (() => void)[] = [];
  let isThere = true;

  return {
    takes(request, start) {
      if (isThere) running.add(request);
      else waiting.push(start);
      return isThere;
    },
    isWorkingOn: (request) => request.type !== 'import:annotations' || running.has(request),
    done: (request) => void running.delete(request),
    killWorkHorse() {
      for (const request of running) {
        endRequest(state, request, 'Work-horse terminated unexpectedly; waitpid returned 9 (signal 9); ');
      }
      running.clear();
      changed();
    },
    kill() {
      isThere = false;
      for (const request of running) abandoned.set(request, state.now());
      running.clear();
    },
    start() {
      isThere = true;
      for (const [request, since] of abandoned) {
        if (state.now() - since < HEARTBEAT_MS) continue;
        abandoned.delete(request);
        failStuckRequest(request);
      }
      const starts = waiting;
      waiting = [];
      for (const start of starts) start();
      changed();
    },
  };
}

/** Ends a request that lost its worker; CVAT gives it no end date and never forgets it. */
export function failStuckRequest(request: BackgroundRequest): void {
  request.status = 'failed';
  request.message = 'Job was stuck in intermediate queue.';
}
