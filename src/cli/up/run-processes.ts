import type { Facts } from '../../contracts/error.ts';
import type { CliContext } from '../context.ts';

/** How everything that `up` runs ends together. */
export interface Ends {
  readonly signal: AbortSignal;
  /** Aborts the signal. */
  readonly stop: () => void;
}

/**
 * Runs a worker, and the server for webhooks where a webhook secret is set, until the signal aborts or one of them ends;
 * then the other ends as well. `onReady` is told once, what both say of themselves.
 *
 * @throws what ended one of them
 */
export async function runProcesses(
  context: CliContext,
  settings: Readonly<Record<string, string>>,
  { signal, stop }: Ends,
  onReady: (facts: Facts) => void,
): Promise<void> {
  if (!context.takesWebhooks()) return context.runWorker({ settings, signal, onReady });
  let told: Facts | null = null;
  const tell = (facts: Facts): void => {
    if (told === null) told = facts;
    else onReady({ ...told, ...facts });
  };
  const server = context.runServer({
    settings,
    signal,
    onReady: ({ address, webhooks }) => tell({ server: address ?? null, webhooks: webhooks ?? null }),
  });
  const worker = context.runWorker({ settings, signal, onReady: tell });
  const ended = await Promise.allSettled([server, worker].map(async (one) => one.finally(stop)));
  const failed = ended.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}
