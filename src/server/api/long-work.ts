/** What is asked for again until it is through, in milliseconds: shorter than proxies wait for an answer. */
const PATIENCE_MS = 15_000;

/** How long a result waits that nobody fetches. */
const KEPT_MS = 10 * 60_000;

/** Work that may take longer than a request. */
export interface LongWork<T> {
  /** Begins it, or joins what was begun under the same key; null if it is not through yet. A result is handed out once. @throws what the work throws */
  ask(key: string, work: () => Promise<T>): Promise<{ readonly result: T } | null>;
}

/** Keeps what was begun while whoever wants it asks again and again. */
export function longWork<T>(patienceMs = PATIENCE_MS): LongWork<T> {
  const running = new Map<string, Promise<{ readonly result: T }>>();
  const begin = (key: string, work: () => Promise<T>): Promise<{ readonly result: T }> => {
    const begun = work().then((result) => ({ result }));
    running.set(key, begun);
    const forget = (): void => {
      const timer = setTimeout(() => {
        if (running.get(key) === begun) running.delete(key);
      }, KEPT_MS);
      timer.unref();
    };
    begun.then(forget, forget);
    return begun;
  };
  return {
    ask: async (key, work) => {
      const begun = running.get(key) ?? begin(key, work);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<null>((resolve) => {
        timer = setTimeout(() => resolve(null), patienceMs);
      });
      try {
        const answer = await Promise.race([begun, late]);
        if (answer !== null) running.delete(key);
        return answer;
      } catch (error) {
        running.delete(key);
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
