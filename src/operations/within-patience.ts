import type { Client } from '@temporalio/client';
import { isMaskloopError } from '../contracts/error.ts';

/** How long Temporal may take, in milliseconds, while somebody looks at a page, */
const PATIENCE_MS = 6000;

/** and how long after a look that it did not answer: who asks next need not wait as long for the same word. */
const AFTER_SILENCE_MS = 1500;

const silent = new WeakSet<Client>();

/**
 * Runs a look at Temporal that somebody waits for.
 *
 * @param patienceMs at most so long, in milliseconds
 * @throws what `look` throws; MaskloopError `TemporalUnreachable` where it does not answer in time, if `look` maps errors of Temporal
 */
export async function withinPatience<T>(
  client: Client,
  look: () => Promise<T>,
  patienceMs: number = PATIENCE_MS,
): Promise<T> {
  const limitMs = silent.has(client) ? Math.min(patienceMs, AFTER_SILENCE_MS) : patienceMs;
  try {
    const found = await client.withDeadline(Date.now() + limitMs, look);
    silent.delete(client);
    return found;
  } catch (error) {
    if (isMaskloopError(error, 'TemporalUnreachable')) silent.add(client);
    throw error;
  }
}
