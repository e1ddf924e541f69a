/**
 * Reads a list at most once in `everyMs` milliseconds, once for all who ask meanwhile, and gives the one from before where it cannot be read;
 * an empty one where it never could.
 */
export function lately<T>(
  everyMs: number,
  read: () => Promise<readonly T[]>,
  now: () => number = Date.now,
): () => Promise<readonly T[]> {
  let last: readonly T[] = [];
  let readAt = -Infinity;
  let reading: Promise<void> | null = null;
  const refresh = async (): Promise<void> => {
    try {
      last = await read();
    } catch {
      // What is known from before counts until it can be read again.
    }
    readAt = now();
  };
  return async () => {
    if (now() - readAt > everyMs) {
      reading ??= refresh().finally(() => {
        reading = null;
      });
      await reading;
    }
    return last;
  };
}
