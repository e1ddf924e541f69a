import { isMaskloopError } from '../contracts/error.ts';
import type { JobsSeen } from '../contracts/progress.ts';
import type { Running } from './durable.ts';
import { pollMemory } from './poll-memory.ts';
import { failureFrom } from './to-failure.ts';

/** How long CVAT may be away, and what the poll knows by now, which a further try goes on from. */
interface Patience {
  readonly unreachableAfterMs: number;
  readonly seen?: () => JobsSeen | null;
}

/**
 * Does one read of a poll that is retried without end. While CVAT does not answer it fails as usual; after
 * `unreachableAfterMs` it ends the poll, so that the outage can be shown.
 */
export async function throughOutages<R>(
  running: Running,
  { unreachableAfterMs, seen = () => null }: Patience,
  read: () => Promise<R>,
): Promise<R> {
  const report = (failingSince: string | null): void => {
    const known = seen();
    running.report({ phase: 'jobs', failingSince, ...(known === null ? {} : { seen: known }) });
  };
  try {
    return await read();
  } catch (error) {
    if (!isMaskloopError(error, 'CvatUnreachable')) {
      report(null);
      throw error;
    }
    const since = pollMemory(running.lastReport).failingSince ?? new Date().toISOString();
    report(since);
    if (Date.now() - Date.parse(since) < unreachableAfterMs) throw error;
    throw failureFrom(error, true);
  }
}
