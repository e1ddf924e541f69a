import type { FastifyInstance } from 'fastify';
import { createRequestLog, type RequestLog } from '../request-log.ts';
import type { RunningServer } from '../running-server.ts';
import { refuseOtherHosts } from './allowed-hosts.ts';
import { createApp } from './app.ts';
import { createBackground, type Durations } from './background.ts';
import type { WorkerSwitches } from './import-worker.ts';
import { openStateFolder, type StateFolder } from './state-folder.ts';
import { createState, type CvatState } from './state/cvat-state.ts';
import type { CvatVersion } from './state/version.ts';
import { addUser, type NewUser } from './state/users.ts';
import { createWebhookDelivery, WEBHOOK_TIMES, type WebhookDelivery, type WebhookTimes } from './webhooks/delivery.ts';
import { createWebhookEvents } from './webhooks/events.ts';

/** The administrator of a stand-in CVAT. */
export const SANDBOX_ADMIN = { username: 'admin', password: 'maskloop-sandbox' } as const;
/** A user without rights of their own, who works on the jobs given to them. */
export const SANDBOX_ANNOTATOR = { username: 'annotator', password: 'maskloop-sandbox' } as const;

export interface SandboxCvatOptions {
  /** The release to play; 2.73.0 if left out. */
  readonly version?: CvatVersion;
  /** A free one if left out. */
  readonly port?: number;
  /** Decides keys, file ids and how durations vary; 1 if left out. */
  readonly seed?: number;
  readonly log?: RequestLog;
  /** Further users beside {@link SANDBOX_ADMIN} and {@link SANDBOX_ANNOTATOR}. */
  readonly users?: readonly NewUser[];
  /** Files of the folder that its operator shares with CVAT, by their path in it; none if left out. */
  readonly share?: ReadonlyMap<string, Buffer>;
  /** Time that a request waits for a worker, in milliseconds; 20 if left out. */
  readonly queuedMs?: number;
  /** Time that an annotation import takes, in milliseconds; 200 if left out. */
  readonly importMs?: number;
  /** Time that making a task from images takes, in milliseconds; 150 if left out. */
  readonly createTaskMs?: number;
  /** Time that an export takes, in milliseconds; 100 if left out. */
  readonly exportMs?: number;
  /** Takes the place of the four times above: see {@link Durations}. */
  readonly hold?: Durations['hold'];
  /** Waits of webhooks; those of the real CVAT if left out. */
  readonly webhookTimes?: Partial<WebhookTimes>;
  /** Requests a minute that an address may make without credentials; 100 if left out. */
  readonly anonymousPerMinute?: number;
  /** How likely a look at a request meets it half written, when its state has just changed; 0 to 1, 0 if left out. */
  readonly requestRaces?: number;
  /** Names that may stand in `Host`; any if left out, as the usual deployment has it. */
  readonly allowedHosts?: readonly string[];
  /** Milliseconds since 1970, for the times that CVAT writes; real time if left out. */
  readonly clock?: () => number;
  /** Where everything is kept across restarts; in memory only if left out. */
  readonly folder?: string;
}

export interface SandboxCvat extends RunningServer {
  readonly state: CvatState;
  readonly users: readonly NewUser[];
  /** To wait until all webhooks have been told. */
  readonly webhooks: WebhookDelivery;
  /** To let the worker of annotation imports fail. */
  readonly importWorker: WorkerSwitches;
}

/**
 * Starts a stand-in CVAT 2.73.0 on 127.0.0.1. It ends with {@link RunningServer.close}; with a folder, another one
 * goes on where it stopped, and no change is answered before it is on disk.
 *
 * @throws Error if the port is taken or the folder cannot be used
 */
export async function startSandboxCvat(options: SandboxCvatOptions = {}): Promise<SandboxCvat> {
  const state = createState({
    seed: options.seed ?? 1,
    clock: options.clock ?? Date.now,
    version: options.version ?? '2.73.0',
    anonymousPerMinute: options.anonymousPerMinute ?? 100,
    requestRaces: options.requestRaces ?? 0,
  });
  for (const [path, bytes] of options.share ?? []) state.share.set(path, bytes);
  const users = [{ ...SANDBOX_ADMIN, isAdmin: true }, SANDBOX_ANNOTATOR, ...(options.users ?? [])];
  const folder = options.folder === undefined ? undefined : openStateFolder(state, options.folder);
  const known = new Set([...state.users.values()].map((user) => user.username));
  for (const user of users) if (!known.has(user.username)) addUser(state, user);
  const durations = {
    queuedMs: options.queuedMs ?? 20,
    importMs: options.importMs ?? 200,
    createTaskMs: options.createTaskMs ?? 150,
    exportMs: options.exportMs ?? 100,
    hold: options.hold,
  };
  const background = createBackground(state, durations, () => folder?.changed());
  const log = options.log ?? createRequestLog();
  const webhooks = createWebhookDelivery(state, { ...WEBHOOK_TIMES, ...options.webhookTimes });
  state.listeners.add(createWebhookEvents(state, webhooks));
  const app = await createApp({ state, background, webhooks }, log);
  if (options.allowedHosts !== undefined) refuseOtherHosts(app, options.allowedHosts);
  if (folder !== undefined) saveBeforeAnswering(app, folder);
  const url = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  return {
    url,
    log,
    state,
    users,
    webhooks,
    importWorker: background.importWorker,
    async close() {
      background.close();
      webhooks.close();
      await app.close();
      folder?.changed();
      await folder?.saved();
    },
  };
}

/** Whoever has an answer to a change can rely on it. */
function saveBeforeAnswering(app: FastifyInstance, folder: StateFolder): void {
  app.addHook('onSend', async (request) => {
    if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return;
    folder.changed();
    await folder.saved();
  });
}
