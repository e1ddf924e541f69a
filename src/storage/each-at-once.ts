/** Files worked on at once. More gains nothing: hashing keeps a core busy with a few. */
const AT_ONCE = 4;

/**
 * Does some work for each item, begun in their order, four at a time unless another number is given. The first failure stops all others, and comes out once
 * they have ended.
 *
 * @param work is given a signal that is aborted when it is to end early
 * @throws what `work` throws first; the signal's reason if aborted
 */
export async function eachAtOnce<T>(
  items: readonly T[],
  signal: AbortSignal | undefined,
  work: (item: T, index: number, stop: AbortSignal) => Promise<void>,
  atOnce = AT_ONCE,
): Promise<void> {
  const stop = new AbortController();
  const both = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  const queue = items.entries();
  async function worker(): Promise<void> {
    for (const [index, item] of queue) {
      both.throwIfAborted();
      await work(item, index, both);
    }
  }
  const workers = Array.from({ length: atOnce }, worker);
  try {
    await Promise.all(workers);
  } catch (error) {
    stop.abort(error);
    await Promise.allSettled(workers);
    // What a stream throws when its signal aborts is not the reason.
    signal?.throwIfAborted();
    throw error;
  }
}
