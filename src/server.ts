import { randomBytes } from 'node:crypto';
import { loadConnectionNames, loadServerConfig, type ServerSettings } from './config.ts';
import { packageVersion } from './config/package-version.ts';
import { builtPages } from './server/pages/built-pages.ts';
import { MaskloopError } from './contracts/error.ts';
import { inspect } from './inspection/inspect.ts';
import { lazyTemporal, type TemporalConnection } from './operations/connect.ts';
import type { WaitingPlace } from './operations/find-waiting.ts';
import { createIterationIndex } from './operations/lists/iteration-index.ts';
import { runningSource } from './operations/lists/running-source.ts';
import { watchIterations } from './operations/lists/watch-iterations.ts';
import { createLabelsOfTask } from './operations/looks/labels-of-task.ts';
import { createLooks } from './operations/looks/looks.ts';
import { createOfferedFolders } from './operations/looks/offered-folders.ts';
import { createOperations } from './operations/operations.ts';
import { createPeopleRegister } from './operations/people/people-register.ts';
import { wakeIterations } from './operations/wake-iterations.ts';
import type { Access } from './server/access/authenticate.ts';
import { knownTokens } from './server/access/known-tokens.ts';
import { jwtCheck } from './server/access/oidc.ts';
import { sessionCookies } from './server/access/session-cookie.ts';
import { watchTokenFile } from './server/access/token-file.ts';
import type { ApiParts } from './server/api/api-parts.ts';
import { createApp } from './server/app.ts';
import { eventHub } from './server/events/event-hub.ts';
import type { ServerLog } from './server/log.ts';
import { createWakeQueue, type WakeQueue } from './server/wake-queue.ts';
import { signatureCheck } from './server/webhook-secret.ts';
import { openStore } from './storage/open-store.ts';
import { createTemporalLogger } from './worker/temporal-logger.ts';
import { bundleDigest } from './worker/workflow-bundle.ts';

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

/** Time between two looks for changes, in milliseconds, while a page is open; and changes that are kept for one that comes back. */
const EVENTS_EVERY_MS = 2000;
const EVENTS_KEPT = 1000;

/** What a running server says of itself. */
export interface ServerFacts {
  /** `http://host:port`. */
  readonly address: string;
  /** Where people find the pages; `not built` where there are none. */
  readonly pages: string;
  readonly temporal: string;
  readonly namespace: string;
  /** Names of the connections whose webhooks are taken; `none` without any secret. */
  readonly webhooks: string;
  /** Who may ask, in words. */
  readonly access: string;
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
  const settings = loadServerConfig(env);
  const { host, port, webhookSecrets, temporal, access } = settings;
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
  const api = apiParts(settings, { client, log, env });
  const app = createApp({
    pages: builtPages(),
    trustedProxies: access.trustedProxies,
    api,
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
    // Whatever the store says to it, it says to those who ask as well.
    void api.index.warm().catch(() => undefined);
    if (checks.size === 0) log.warn('no webhook secret is set: messages of CVAT are refused', {});
    const pages = builtPages() === null ? 'not built' : (access.publicUrl ?? address);
    onReady?.({ address, pages, temporal: temporal.address, namespace, webhooks, access: accessWords(settings) });
    await ended(signal);
  } finally {
    await app.close();
    // The client must not be closed while it tries again: it would throw where nobody can catch it.
    await Promise.allSettled([queue.close(), probe]);
    await close();
  }
}

function apiParts(
  settings: ServerSettings,
  { client, log, env }: { client: TemporalConnection['client']; log: ServerLog; env: NodeJS.ProcessEnv },
): ApiParts {
  const store = openStore(settings.store);
  const version = packageVersion();
  return {
    operations: createOperations({ client, store }),
    index: createIterationIndex({ client, store }),
    looks: createLooks({ client, store }),
    labelsOfTask: createLabelsOfTask({ client, store }),
    people: createPeopleRegister({ client, store }),
    store,
    events: eventHub({
      look: watchIterations(runningSource(client)),
      everyMs: EVENTS_EVERY_MS,
      size: EVENTS_KEPT,
      log,
    }),
    inspect: async (wanted) => {
      const parts = inspect({ ...wanted, env, version, bundle: bundleDigest() });
      return (await Promise.all(parts.map(({ groups }) => groups))).flat();
    },
    access: accessOf(settings, log),
    log,
    version,
    publicUrl: settings.access.publicUrl,
    roots: settings.access.roots,
    connectionNames: () => loadConnectionNames(env),
    folders: createOfferedFolders({ client, store }),
  };
}

function accessOf({ access: { token, tokensFile, oidc, sessionSecret } }: ServerSettings, log: ServerLog): Access {
  const entries = tokensFile === null ? () => [] : watchTokenFile(tokensFile, (problem) => log.warn(problem, {}));
  return {
    tokens: knownTokens(token === null ? null : () => token.read(), entries),
    jwt: oidc === null ? null : jwtCheck(oidc),
    cookies: sessionCookies(sessionSecret?.read() ?? randomBytes(32).toString('base64url')),
    isOpen: token === null && tokensFile === null && oidc === null,
  };
}

function accessWords({ access: { token, tokensFile, oidc } }: ServerSettings): string {
  const ways = [
    ...(token === null ? [] : ['MASKLOOP_TOKEN']),
    ...(tokensFile === null ? [] : ['the tokens of MASKLOOP_TOKENS_FILE']),
    ...(oidc === null ? [] : [`logins of ${oidc.issuer}`]),
  ];
  return ways.length === 0 ? 'everybody on this machine' : ways.join(', ');
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
