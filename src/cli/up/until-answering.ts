import { isMaskloopError, MaskloopError } from '../../contracts/error.ts';
import type { CliContext } from '../context.ts';
import type { ServerProcess } from './temporal-server.ts';

/** A large database takes a while to open; in milliseconds. */
const TIMEOUT_MS = 60_000;
const PAUSE_MS = 200;

/**
 * Waits until a Temporal server that was just started answers, and prepares it.
 *
 * @throws MaskloopError `TemporalUnreachable` if it ends or does not answer within a minute; the signal's reason
 */
export async function untilAnswering(context: CliContext, server: ServerProcess, address: string): Promise<void> {
  const deadline = context.now().getTime() + TIMEOUT_MS;
  for (;;) {
    context.interrupted.throwIfAborted();
    try {
      return await Promise.race([context.prepareTemporal(address), failsAtEndOf(server)]);
    } catch (error) {
      const mayCome = isMaskloopError(error, 'TemporalUnreachable') && error.facts['ended'] === undefined;
      if (!mayCome || context.now().getTime() >= deadline) throw error;
    }
    await context.sleep(PAUSE_MS, context.interrupted);
  }
}

async function failsAtEndOf(server: ServerProcess): Promise<never> {
  const ended = await server.ended;
  const words = await server.lastWords();
  throw new MaskloopError('TemporalUnreachable', `Temporal's server ended (${ended}):\n${words}`, { facts: { ended } });
}
