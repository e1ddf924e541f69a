import { actAs, announce, currentActor } from './state/changes.ts';
import type { CvatState } from './state/cvat-state.ts';
import type { BackgroundRequest } from './state/entities.ts';
import { createImportWorker, type ImportWorker, type WorkerSwitches } from './import-worker.ts';
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
  readonly exportMs: number;
  /**
   * Takes the place of time: called when a request waits in the queue and when it is being worked on; it goes on, once,
   * when `goOn` is called.
   */
  readonly hold?: ((request: BackgroundRequest, goOn: () => void) => void) | undefined;
}

type NewRequest = Parameters<typeof beginRequest>[1];
type Work = (request: BackgroundRequest) => void | Promise<void>;

/** The workers: each request waits in the queue, runs for a while and then takes effect all at once or not at all. */
export interface Background {
  readonly importWorker: WorkerSwitches;
  run(request: NewRequest, work: Work): BackgroundRequest;
  /** Stops all workers; what runs stays as it is. */
  close(): void;
}

/**
 * @param durations of which each request takes between 70 and 130 %
 * @param changed called whenever a worker has changed the state
 */
export function createBackground(
  state: CvatState,
  durations: Durations,
  changed: () => void = () => undefined,
): Background {
  const timers = new Set<NodeJS.Timeout>();
  const importWorker: ImportWorker = createImportWorker(state, changed);

  function later(request: BackgroundRequest, milliseconds: number, action: () => void): void {
    if (durations.hold !== undefined) return durations.hold(request, action);
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        action();
      },
      milliseconds * (0.7 + 0.6 * state.random.next()),
    );
    timers.add(timer);
  }

  // A request that was cancelled, or whose id another one has taken over, is no longer worked on.
  const isCurrent = (request: BackgroundRequest): boolean => state.requests.get(request.id) === request;

  function start(request: BackgroundRequest, work: Work): void {
    if (!isCurrent(request)) return;
    const isImport = request.type === 'import:annotations';
    if (isImport && !importWorker.takes(request, () => start(request, work))) return;
    request.status = 'started';
    request.started = state.stamp();
    request.firstStarted = request.started;
    changed();
    later(request, durationOf(request, durations), () => void finish(request, work));
  }

  async function finish(request: BackgroundRequest, work: Work): Promise<void> {
    const isAlive = (): boolean => isCurrent(request) && importWorker.isWorkingOn(request);
    if (!isAlive()) return;
    // The worker notes its start twice; the second date is the one that stays.
    const started = state.stamp();
    const message = await failureOf(state, request, work);
    if (!isAlive()) return;
    importWorker.done(request);
    request.started = started;
    endRequest(state, request, message);
    announce(state, { action: 'completed', kind: 'request', id: request.id });
    changed();
  }

  return {
    importWorker,
    run(asked, work) {
      const request = beginRequest(state, asked);
      const origin = currentActor()?.origin ?? '';
      const worker = { userId: asked.userId, origin, isWorker: true, sees: () => false };
      later(request, durations.queuedMs, () => start(request, (current) => actAs(worker, () => work(current))));
      return request;
    },
    close() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}

function durationOf(request: BackgroundRequest, durations: Durations): number {
  switch (request.type) {
    case 'create:task':
      return durations.createTaskMs;
    case 'import:annotations':
      return durations.importMs;
    default:
      return durations.exportMs;
  }
}

async function failureOf(state: CvatState, request: BackgroundRequest, work: Work): Promise<string> {
  if (request.taskId !== null && !state.tasks.has(request.taskId)) {
    return 'cvat.apps.engine.models.Task.DoesNotExist: Task matching query does not exist.\n';
  }
  if (request.target === 'project' && !state.projects.has(request.projectId ?? 0)) {
    return 'cvat.apps.engine.models.Project.DoesNotExist: Project matching query does not exist.\n';
  }
  try {
    await work(request);
    return '';
  } catch (error) {
    if (error instanceof BackgroundFailure) {
      return `${error.pythonClass}${error.message === '' ? '' : `: ${error.message}`}\n`;
    }
    return `Exception: ${String(error)}\n`;
  }
}
