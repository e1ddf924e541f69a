import { setTimeout as sleep } from 'node:timers/promises';
import { isMaskloopError } from '../contracts/error.ts';

const TRIES = 4;
const GAP_MS = 150;

/**
 * Reads what contains the trainer's statistics. The trainer rewrites their file in place after each validation, and whoever asks
 * in that moment is answered 500; a moment later all is well. What lasts is an outage as any other.
 *
 * @throws whatever the last of four tries throws
 */
export async function throughRewrite<T>(read: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await read();
    } catch (error) {
      const isRewritten = isMaskloopError(error, 'MonaiUnreachable') && error.facts['status'] === 500;
      if (!isRewritten || tries === TRIES) throw error;
      await sleep(GAP_MS, undefined, { signal });
    }
  }
}
