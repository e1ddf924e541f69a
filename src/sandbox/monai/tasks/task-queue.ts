import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { localStamp } from '../python-time.ts';
import type { BackgroundProcess, Request } from './background-process.ts';
import { tracebackLines } from '../training/log-lines.ts';

/** A background task as the server shows it. */
export interface Task {
  readonly id: string;
  status: 'SUBMITTED' | 'RUNNING' | 'DONE' | 'ERROR' | 'STOPPED';
  request: Request;
  /** Time of the submission, local and without a zone. */
  readonly start_ts: string;
  /** At most the last 20 lines of output; absent until the task runs. */
  details?: string[];
  end_ts?: string;
}

/** A process as the machine knows it. */
export interface RunningProcess {
  kill(): void;
  readonly ended: Promise<void>;
}

export interface QueueOptions {
  readonly clock: Clock;
  /** Time from a submission until its task runs, in milliseconds; only then does the server count as busy. */
  readonly spawnMs: number;
  /** Where processes that run are noted; they are killed by whoever aborts them, not by the end of the server. */
  readonly processes: Set<RunningProcess>;
  /** Called when a task has ended by itself. */
  readonly onEnd?: () => void;
}

const KEPT_LINES = 20;

/** One worker for all tasks of a kind, in order of submission. */
export class TaskQueue {
  readonly tasks: Task[] = [];
  readonly #run: BackgroundProcess;
  readonly #options: QueueOptions;
  readonly #closing = new AbortController();
  #current: { task: Task; killer: AbortController } | null = null;
  #isAtWork = false;

  constructor(run: BackgroundProcess, options: QueueOptions) {
    this.#run = run;
    this.#options = options;
  }

  running(): Task | null {
    return this.tasks.find((task) => task.status === 'RUNNING') ?? null;
  }

  /** Adds a task. The very first of a server is answered with the GPUs that its worker has already filled in. */
  submit(asked: Request): Task {
    const request = this.tasks.length === 0 && !isStuck(asked) ? withGpus(asked) : asked;
    const stamp = localStamp(new Date(this.#options.clock.now()));
    const task: Task = { id: randomUUID(), status: 'SUBMITTED', request, start_ts: stamp };
    this.tasks.push(task);
    if (!this.#isAtWork) void this.#options.clock.background(async () => this.#work());
    return task;
  }

  /** Kills the running task and returns it; null if none runs. */
  stopRunning(): Task | null {
    const current = this.#current;
    if (current === null || current.task.status !== 'RUNNING') return null;
    this.#end(current.task, 'STOPPED');
    current.killer.abort();
    return current.task;
  }

  /** Starts nothing more. What runs goes on without anybody who knows of it. */
  abandon(): void {
    this.#closing.abort();
  }

  async #work(): Promise<void> {
    const { clock, spawnMs } = this.#options;
    this.#isAtWork = true;
    for (let task = this.#next(); task !== undefined; task = this.#next()) {
      await clock.sleep(spawnMs, this.#closing.signal).catch(() => {});
      if (this.#closing.signal.aborted) return;
      if (isStuck(task.request)) this.#breakHandOver(task);
      else await this.#process(task);
      if (this.#closing.signal.aborted) return;
    }
    this.#isAtWork = false;
  }

  readonly #broken = new Set<Task>();

  /** A `gpus` that is no text breaks the hand-over to a process: such a task stays SUBMITTED for ever. */
  #breakHandOver(task: Task): void {
    task.request = { ...task.request, gpus: 'all' };
    this.#broken.add(task);
  }

  #next(): Task | undefined {
    return this.tasks.find((task) => task.status === 'SUBMITTED' && !this.#broken.has(task));
  }

  async #process(task: Task): Promise<void> {
    const killer = new AbortController();
    const { processes } = this.#options;
    this.#current = { task, killer };
    const ended = this.#follow(task, killer);
    const running = { kill: () => killer.abort(), ended };
    processes.add(running);
    await ended;
    processes.delete(running);
    this.#current = null;
    if (hasSucceeded(task) && !this.#closing.signal.aborted) this.#options.onEnd?.();
  }

  async #follow(task: Task, killer: AbortController): Promise<void> {
    const lines: string[] = [];
    task.status = 'RUNNING';
    task.request = withGpus(task.request);
    task.details = lines;
    const print = (line: string): void => {
      if (killer.signal.aborted) return;
      lines.push(line);
      lines.splice(0, lines.length - KEPT_LINES);
    };
    try {
      await this.#run(task.request, { signal: killer.signal, print });
      if (!killer.signal.aborted) this.#end(task, 'DONE');
    } catch (error) {
      for (const line of tracebackLines(error)) print(line);
      if (!killer.signal.aborted) this.#end(task, 'ERROR');
    }
  }

  #end(task: Task, status: 'DONE' | 'ERROR' | 'STOPPED'): void {
    task.status = status;
    task.end_ts = localStamp(new Date(this.#options.clock.now()));
  }
}

function isStuck({ gpus }: Request): boolean {
  return Boolean(gpus) && typeof gpus !== 'string';
}

function withGpus(request: Request): Request {
  return { ...request, gpus: 'all' };
}

function hasSucceeded({ status }: Task): boolean {
  return status === 'DONE';
}
