import type { CvatState } from './state/cvat-state.ts';
import type { BackgroundRequest } from './state/entities.ts';
import { beginRequest, endRequest } from './state/requests.ts';

/** A failure that CVAT reports in a request's message, with the Python class it names. */
export class BackgroundFailure extends Error {
  override readonly name = 'BackgroundFailure';
  readonly pythonClass: string;

  constructor(pythonClass: string, text: string) {
    super(text);
    this.pythonClass = pythonClass;
  }
}

export interface Durations {
  /** Time a request waits for a worker, in milliseconds. */
  readonly queuedMs: number;
  readonly importMs: number;
  readonly createTaskMs: number;
}

type NewRequest = Parameters<typeof beginRequest>[1];

/** The workers: each request waits in the queue, runs for a while and then takes effect all at once or not at all. */
export interface Background {
  run(request: NewRequest, work: () => void): BackgroundRequest;
  /** Stops all workers; what runs stays as it is. */
  close(): void;
}

/** @param durations of which each request takes between 70 and 130 % */
export function createBackground(state: CvatState, durations: Durations): Background {
  const timers = new Set<NodeJS.Timeout>();

  function later(milliseconds: number, action: () => void): void {
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        action();
      },
      milliseconds * (0.7 + 0.6 * state.random.next()),
    );
    timers.add(timer);
  }

  return {
    run(asked, work) {
      const request = beginRequest(state, asked);
      // A request that was cancelled, or whose id another one has taken over, is no longer worked on.
      const isCurrent = (): boolean => state.requests.get(request.id) === request;
      later(durations.queuedMs, () => {
        if (!isCurrent()) return;
        request.status = 'started';
        request.started = state.stamp();
        later(request.type === 'create:task' ? durations.createTaskMs : durations.importMs, () => {
          if (isCurrent()) endRequest(state, request, failureOf(state, request, work));
        });
      });
      return request;
    },
    close() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}

function failureOf(state: CvatState, request: BackgroundRequest, work: () => void): string {
  if (!state.tasks.has(request.taskId)) {
    return 'cvat.apps.engine.models.Task.DoesNotExist: Task matching query does not exist.\n';
  }
  try {
    work();
    return '';
  } catch (error) {
    if (error instanceof BackgroundFailure) return `${error.pythonClass}: ${error.message}\n`;
    return `Exception: ${String(error)}\n`;
  }
}
