import { isMaskloopError } from '../contracts/error.ts';
import type { Running } from './durable.ts';
import { failureFrom } from './to-failure.ts';

/** Since when the reads fail in a row, by the heartbeat of the try before. */
function failingSince({ lastReport }: Running): string | null {
  if (typeof lastReport !== 'object' || lastReport === null || !('failingSince' in lastReport)) return null;
  return typeof lastReport.failingSince === 'string' ? lastReport.failingSince : null;
}

/**
 * Does one read of a poll that is retried without end. While CVAT does not answer it fails as usual; after
 * `unreachableAfterMs` it ends the poll, so that the outage can be shown.
 */
export async function throughOutages<R>(
  running: Running,
  unreachableAfterMs: number,
  read: () => Promise<R>,
): Promise<R> {
  try {
    return await read();
  } catch (error) {
    if (!isMaskloopError(error, 'CvatUnreachable')) {
      running.report({ phase: 'jobs', failingSince: null });
      throw error;
    }
    const since = failingSince(running) ?? new Date().toISOString();
    running.report({ phase: 'jobs', failingSince: since });
    if (Date.now() - Date.parse(since) < unreachableAfterMs) throw error;
    throw failureFrom(error, true);
  }
}
