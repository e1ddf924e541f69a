/** Lets a long piece of work stop the whole server, which handles one thing at a time while that lasts. */
export class Gate {
  #busy: Promise<unknown> = Promise.resolve();

  /** Resolves when nothing blocks the server any more. */
  async free(): Promise<void> {
    for (let seen: Promise<unknown> | null = null; seen !== this.#busy; await seen) seen = this.#busy;
  }

  /** Runs work for which everybody else waits. */
  async block<T>(work: () => Promise<T>): Promise<T> {
    const run = work();
    this.#busy = Promise.allSettled([this.#busy, run]);
    return run;
  }
}
