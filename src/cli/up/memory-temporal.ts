import { setTimeout as sleep } from 'node:timers/promises';
import path from 'node:path';
import { isMaskloopError, MaskloopError } from '../../contracts/error.ts';
import { prepareTemporal } from '../../operations/prepare-temporal.ts';
import { takePort } from './port.ts';
import { startServer } from './temporal-server.ts';

const TIMEOUT_MS = 60_000;
const PAUSE_MS = 200;
const MOST_TRIES = 3;

/** A Temporal that forgets everything when it ends. */
export interface MemoryTemporal {
  readonly address: string;
  /** Resolves when it has ended, wanted or not, with how. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts Temporal's development server without a database file, ready for iterations.
 *
 * @param program path of Temporal's own program
 * @param folder for its log
 * @throws MaskloopError `TemporalUnreachable` if it ends three times, or does not answer within a minute; the signal's reason
 */
export async function startMemoryTemporal(
  program: string,
  folder: string,
  signal: AbortSignal,
): Promise<MemoryTemporal> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await startOnce(program, folder, signal);
    } catch (error) {
      // It takes further ports than the one it is given, and another program may be quicker with any of them.
      const hasEnded = isMaskloopError(error, 'TemporalUnreachable') && error.facts['ended'] !== undefined;
      if (tries === MOST_TRIES || !hasEnded) throw error;
    }
  }
}

async function startOnce(program: string, folder: string, signal: AbortSignal): Promise<MemoryTemporal> {
  const port = await takePort(0);
  const words = `server start-dev --headless --ip 127.0.0.1 --port ${port} --log-level warn`.split(' ');
  const server = await startServer(program, words, path.join(folder, 'temporal.log'));
  const address = `127.0.0.1:${port}`;
  const failed = server.ended.then(async (how) => {
    throw new MaskloopError('TemporalUnreachable', `Temporal's server ended (${how}):\n${await server.lastWords()}`, {
      facts: { ended: how },
    });
  });
  // Awaited in the race below.
  failed.catch(() => undefined);
  try {
    await Promise.race([untilPrepared(address, signal), failed]);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { address, ended: server.ended, stop: () => server.stop() };
}

async function untilPrepared(address: string, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    try {
      return await prepareTemporal({ address, namespace: 'default' });
    } catch (error) {
      if (!isMaskloopError(error, 'TemporalUnreachable') || Date.now() >= deadline) throw error;
    }
    await sleep(PAUSE_MS, undefined, { signal });
  }
}
