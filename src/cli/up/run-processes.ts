import { isMaskloopError, type Facts } from '../../contracts/error.ts';
import type { CliContext } from '../context.ts';
import { takePort } from './port.ts';

/** How everything that `up` runs ends together. */
export interface Ends {
  readonly signal: AbortSignal;
  /** Aborts the signal. */
  readonly stop: () => void;
}

/** Where the server listens unless it is told otherwise. */
const SERVER_PORT = 7280;

/**
 * Runs a worker and the server with the pages, until the signal aborts or one of them ends; then the other ends as well. `onReady` is
 * told once, what both say of themselves.
 *
 * @throws what ended one of them
 */
export async function runProcesses(
  context: CliContext,
  settings: Readonly<Record<string, string>>,
  { signal, stop }: Ends,
  onReady: (facts: Facts) => void,
): Promise<void> {
  let told: Facts | null = null;
  const tell = (facts: Facts): void => {
    if (told === null) told = facts;
    else onReady({ ...told, ...facts });
  };
  const server = context.runServer({
    settings: { ...settings, ...(await serverSettings(context)) },
    signal,
    onReady: ({ address, webhooks, access }) => {
      tell({ server: address ?? null, webhooks: webhooks ?? null, access: access ?? null });
    },
  });
  const worker = context.runWorker({ settings, signal, onReady: tell });
  const ended = await Promise.allSettled([server, worker].map(async (one) => one.finally(stop)));
  const failed = ended.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

/** Where nobody has named a port, and another program has the usual one, any free one will do. */
async function serverSettings(context: CliContext): Promise<Readonly<Record<string, string>>> {
  if (context.namesServerPort()) return {};
  try {
    return { MASKLOOP_PORT: String(await takePort(SERVER_PORT)) };
  } catch (error) {
    if (isMaskloopError(error, 'AddressInUse')) return { MASKLOOP_PORT: '0' };
    throw error;
  }
}
