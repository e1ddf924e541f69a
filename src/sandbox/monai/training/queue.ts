import { randomUUID } from 'node:crypto';
import { localStamp } from '../python-time.ts';
import { tracebackLines } from './log-lines.ts';
import { sleep } from './pause.ts';

/** A training task as the server shows it. */
export interface TrainTask {
  readonly id: string;
  status: 'SUBMITTED' | 'RUNNING' | 'DONE' | 'ERROR' | 'STOPPED';
  request: Readonly<Record<string, unknown>>;
  /** Time of the submission, local and without a zone. */
  readonly start_ts: string;
  /** At most the last 20 lines of output; absent until the task runs. */
  details?: string[];
  end_ts?: string;
}

/** A training as a process: it prints lines, fails by throwing, and ends soon after the signal is aborted. */
export type TrainProcess = (
  request: Readonly<Record<string, unknown>>,
  process: { readonly signal: AbortSignal; readonly print: (line: string) => void },
) => Promise<void>;

const KEPT_LINES = 20;

/** One worker for all trainings, in order of submission. */
export class TrainQueue {
  readonly tasks: TrainTask[] = [];
  readonly #run: TrainProcess;
  readonly #spawnMs: number;
  readonly #closing = new AbortController();
  #current: { task: TrainTask; killer: AbortController } | null = null;
  #worker: Promise<void> | null = null;

  /** @param spawnMs time from a submission until its task runs; only then does the server count as busy */
  constructor(run: TrainProcess, spawnMs: number) {
    this.#run = run;
    this.#spawnMs = spawnMs;
  }

  running(): TrainTask | null {
    return this.tasks.find((task) => task.status === 'RUNNING') ?? null;
  }

  submit(request: Readonly<Record<string, unknown>>): TrainTask {
    const task: TrainTask = { id: randomUUID(), status: 'SUBMITTED', request, start_ts: localStamp(new Date()) };
    this.tasks.push(task);
    this.#worker ??= this.#work().finally(() => (this.#worker = null));
    return task;
  }

  /** Kills the running task and returns it; null if none runs. */
  stopRunning(): TrainTask | null {
    const current = this.#current;
    if (current === null || current.task.status !== 'RUNNING') return null;
    end(current.task, 'STOPPED');
    current.killer.abort();
    return current.task;
  }

  /** Kills what runs and starts nothing more. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#current?.killer.abort();
    await this.#worker;
  }

  async #work(): Promise<void> {
    for (let task = this.#next(); task !== undefined; task = this.#next()) {
      await sleep(this.#spawnMs, this.#closing.signal).catch(() => {});
      if (this.#closing.signal.aborted) return;
      await this.#process(task);
    }
  }

  /** A `gpus` that is no text breaks the hand-over to the worker: such a task stays SUBMITTED for ever. */
  #next(): TrainTask | undefined {
    return this.tasks.find(
      ({ status, request }) => status === 'SUBMITTED' && typeof (request['gpus'] ?? '') === 'string',
    );
  }

  async #process(task: TrainTask): Promise<void> {
    const killer = new AbortController();
    this.#current = { task, killer };
    const lines: string[] = [];
    task.status = 'RUNNING';
    task.request = { ...task.request, gpus: task.request['gpus'] ?? 'all' };
    task.details = lines;
    const print = (line: string): void => {
      if (killer.signal.aborted) return;
      lines.push(line);
      lines.splice(0, lines.length - KEPT_LINES);
    };
    try {
      await this.#run(task.request, { signal: killer.signal, print });
      if (!killer.signal.aborted) end(task, 'DONE');
    } catch (error) {
      for (const line of tracebackLines(error)) print(line);
      if (!killer.signal.aborted) end(task, 'ERROR');
    } finally {
      this.#current = null;
    }
  }
}

function end(task: TrainTask, status: 'DONE' | 'ERROR' | 'STOPPED'): void {
  task.status = status;
  task.end_ts = localStamp(new Date());
}
