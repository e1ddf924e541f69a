/**
 * Lets `write` through at most once in `everyMs` milliseconds, and tells it how often it was called since, so that
 * nobody fills a log from outside.
 */
export function seldom(everyMs: number, write: (times: number) => void, now: () => number = Date.now): () => void {
  let last = -Infinity;
  let times = 0;
  return () => {
    times += 1;
    if (now() - last < everyMs) return;
    last = now();
    write(times);
    times = 0;
  };
}
