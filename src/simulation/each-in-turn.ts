/**
 * Does something with each item, so many at a time, in their order. The first that fails keeps further ones from beginning; it
 * is thrown once those that have begun have ended.
 */
export async function eachInTurn<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const waiting = items.values();
  const hand = async (): Promise<void> => {
    for (const item of waiting) {
      either.throwIfAborted();
      await work(item, either);
    }
  };
  const hands = Array.from({ length: Math.min(atOnce, items.length) }, async () =>
    hand().catch((error: unknown) => {
      failed.abort(error);
      throw error;
    }),
  );
  await Promise.allSettled(hands);
  either.throwIfAborted();
}
