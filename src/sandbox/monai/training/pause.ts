import { setImmediate } from 'node:timers/promises';

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
