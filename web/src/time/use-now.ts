import { useSyncExternalStore } from 'react';

/** All relative times of a page move on together, every so many milliseconds. */
export const EVERY_MS = 15_000;

let now = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;

function moveOn(): void {
  now = Date.now();
  for (const one of listeners) one();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // Nobody has moved it on while nothing was shown.
  if (timer === null) now = Date.now();
  timer ??= setInterval(moveOn, EVERY_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}

/** The present, in milliseconds since 1970, moving on every 15 seconds. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
