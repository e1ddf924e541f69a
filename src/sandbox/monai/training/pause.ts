import { setImmediate, setTimeout } from 'node:timers/promises';

/** Longest time that the event loop is held between two breaths, beyond single pieces of work. */
const HOLD_MS = 12;

/** A pause that lets others have their turn every few milliseconds, and throws once the signal is aborted. */
export function createPause(signal: AbortSignal): () => Promise<void> {
  let since = performance.now();
  return async () => {
    signal.throwIfAborted();
    if (performance.now() - since < HOLD_MS) return;
    await setImmediate();
    signal.throwIfAborted();
    since = performance.now();
  };
}

/** Waits, or throws as soon as the signal is aborted. */
export async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (milliseconds > 0) await setTimeout(milliseconds, undefined, { signal });
}
