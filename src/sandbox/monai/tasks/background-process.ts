/** What a task was asked to do. */
export type Request = Readonly<Record<string, unknown>>;

/** What a process has of the server that has started it. */
export interface ProcessHandle {
  /** Aborted when the process is killed. */
  readonly signal: AbortSignal;
  /** Writes one line of output. */
  readonly print: (line: string) => void;
}

/**
 * Work in a process of its own: it prints lines, fails by throwing, and ends soon after it is killed. What it returns is
 * the answer to who has waited for it.
 */
export type BackgroundProcess = (request: Request, process: ProcessHandle) => Promise<unknown>;
