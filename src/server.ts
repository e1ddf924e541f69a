import { loadServerConfig } from './config.ts';
import { MaskloopError } from './contracts/error.ts';
import { lazyTemporal } from './operations/connect.ts';
import type { WaitingPlace } from './operations/find-waiting.ts';
import { wakeIterations } from './operations/wake-iterations.ts';
import { createApp } from './server/app.ts';
import type { ServerLog } from './server/log.ts';
import { createWakeQueue, type WakeQueue } from './server/wake-queue.ts';
import { signatureCheck } from './server/webhook-secret.ts';
import { createTemporalLogger } from './worker/temporal-logger.ts';

/** An iteration is woken at most so often, in milliseconds: each time costs it ten events of history. */
const WAKE_EVERY_MS = 10_000;

/** Tasks that may be woken at the same time; a place takes some hundred bytes. */
const MOST_PLACES = 10_000;

/** After five minutes without Temporal a wake-up is given up; the poll reads CVAT anyway. */
const MOST_TRIES = 30;

/** How long one wake-up may take, in milliseconds, before it is tried again; less at the end, when an operator waits. */
const WAKE_TIMEOUT_MS = 3000;
const LAST_WAKE_MS = 1000;

/** A probe does not wait longer. */
const PROBE_MS = 1000;

/** What a running server says of itself. */
export interface ServerFacts {
  /** `http://host:port`. */
  readonly address: string;
  readonly temporal: string;
  readonly namespace: string;
  /** Names of the connections whose webhooks are taken; `none` without any secret. */
  readonly webhooks: string;
}

export interface ServerOptions {
  readonly env: NodeJS.ProcessEnv;
  /** The server sends what it still holds and ends when this aborts. */
  readonly signal: AbortSignal;
  readonly onReady?: (facts: ServerFacts) => void;
  /** See {@link WAKE_EVERY_MS}, which it is if left out. */
  readonly wakeEveryMs?: number;
}

/**
 * Runs the server until `signal` aborts. It lives without Temporal as well: it is not ready then, and wakes later.
 *
 * @throws MaskloopError `InvalidConfiguration`, `AddressInUse`
 */
export async function runServer({ env, signal, onReady, wakeEveryMs }: ServerOptions): Promise<void> {
  const { host, port, webhookSecrets, temporal } = loadServerConfig(env);
  const log = createTemporalLogger(env['MASKLOOP_LOG_LEVEL'] ?? 'warn');
  const { client, close } = lazyTemporal(temporal);
  const { namespace } = temporal;
  const queue = wakeQueue(log, wakeEveryMs ?? WAKE_EVERY_MS, async (place) => {
    const limitMs = signal.aborted ? LAST_WAKE_MS : WAKE_TIMEOUT_MS;
    const ids = await client.withDeadline(Date.now() + limitMs, () => wakeIterations(client, place));
    log.info('woke iterations', { ...place, ids });
  });
  const checks = new Map([...webhookSecrets].map(([name, secret]) => [name, signatureCheck(secret)]));
  let probe: Promise<unknown> = Promise.resolve();
  const app = createApp({
    checks,
    queue,
    log,
    temporalAnswers: async () => {
      const ask = () => client.workflowService.describeNamespace({ namespace });
      probe = client.withDeadline(Date.now() + PROBE_MS, ask);
      return probe;
    },
  });
  try {
    const address = await listen(() => app.listen({ host, port }), { host, port });
    const webhooks = checks.size === 0 ? 'none' : [...checks.keys()].join(', ');
    if (checks.size === 0) log.warn('no webhook secret is set: messages of CVAT are refused', {});
    onReady?.({ address, temporal: temporal.address, namespace, webhooks });
    await ended(signal);
  } finally {
    await app.close();
    // The client must not be closed while it tries again: it would throw where nobody can catch it.
    await Promise.allSettled([queue.close(), probe]);
    await close();
  }
}

function wakeQueue(
  log: ServerLog,
  everyMs: number,
  send: (place: WaitingPlace) => Promise<void>,
): WakeQueue<WaitingPlace> {
  return createWakeQueue<WaitingPlace>({
    keyOf: (place) => `${place.connection} ${place.what} ${place.what === 'task' ? place.id : place.name}`,
    send,
    everyMs,
    most: MOST_PLACES,
    mostTries: MOST_TRIES,
    onFailure: ({ place, error, givenUp }) => {
      const reason = typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '';
      log.warn(givenUp ? 'gave up a wake-up' : 'could not wake; it is tried again', { ...place, reason });
    },
  });
}

async function listen(open: () => Promise<string>, { host, port }: { host: string; port: number }): Promise<string> {
  try {
    return await open();
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
    if (code === 'EADDRINUSE') {
      throw new MaskloopError('AddressInUse', `Port ${port} of ${host} is taken by another program.`, {
        facts: { port },
        cause: error,
      });
    }
    const problem = `is no address of this machine: ${host} (${code})`;
    throw new MaskloopError('InvalidConfiguration', `MASKLOOP_HOST ${problem}`, {
      facts: { problems: [{ setting: 'MASKLOOP_HOST', problem }] },
      cause: error,
    });
  }
}

async function ended(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
