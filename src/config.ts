import {
  readConnectionNames,
  readConnections,
  readWebhookSecrets,
  type ConnectionConfig,
  type Connections,
} from './config/connections.ts';
import { readNotices, type NoticeConfig } from './config/notices.ts';
import { Problems } from './config/problems.ts';
import { readRemote, type RemoteConfig } from './config/remote.ts';
import { readServer, type ServerConfig } from './config/server.ts';
import { readStore } from './config/store.ts';
import { readTemporal, type TemporalConfig } from './config/temporal.ts';
import type { Env } from './config/variables.ts';
import { readWebhookUrl, type WebhookConfig } from './config/webhooks.ts';

/** Settings of the commands that only talk to Temporal and the store. */
export interface ClientConfig {
  /** Absolute folder path or an address with a scheme. */
  readonly store: string;
  readonly temporal: TemporalConfig;
}

/** Settings of the server. */
export type ServerSettings = ServerConfig & ClientConfig;

/** Settings of a worker, which talks to CVAT always and to MONAI Label where models are trained. */
export interface WorkerConfig extends ClientConfig {
  /** At least one. */
  readonly connections: Connections;
  readonly notices: NoticeConfig;
}

/**
 * Reads what a client needs; the settings of CVAT and MONAI Label are not even read, so that a half-configured CVAT
 * does not keep `maskloop list` from working. `docs/configuration.md` lists all settings.
 *
 * @throws MaskloopError `InvalidConfiguration` with all problems at once, in `facts.problems` as `{setting, problem}`;
 *   neither message nor facts hold the value of a setting
 */
export function loadClientConfig(env: Env): ClientConfig {
  const problems = new Problems();
  const config = { store: readStore(env), temporal: readTemporal(env, problems) };
  problems.throwIfAny();
  return config;
}

/**
 * Reads every setting from the environment and from the files named there.
 *
 * @throws as {@link loadClientConfig}
 */
export function loadWorkerConfig(env: Env): WorkerConfig {
  const problems = new Problems();
  const connections = readConnections(env, problems);
  const notices = readNotices(env, problems);
  const config = { connections, notices, store: readStore(env), temporal: readTemporal(env, problems) };
  problems.throwIfAny();
  return config;
}

/**
 * Reads what the server needs: where it listens, who may ask, the secrets of webhooks, Temporal and the store. It talks to no CVAT.
 *
 * @throws as {@link loadClientConfig}
 */
export function loadServerConfig(env: Env): ServerSettings {
  const problems = new Problems();
  const server = readServer(env, readWebhookSecrets(env, problems), problems);
  const config = { ...server, store: readStore(env), temporal: readTemporal(env, problems) };
  problems.throwIfAny();
  return config;
}

/**
 * Reads what doctor needs to register webhooks.
 *
 * @throws as {@link loadClientConfig}
 */
export function loadWebhookConfig(env: Env): WebhookConfig {
  const problems = new Problems();
  const config = { url: readWebhookUrl(env, problems), secrets: readWebhookSecrets(env, problems) };
  problems.throwIfAny();
  return config;
}

/**
 * The server that commands go through; null where they talk to Temporal.
 *
 * @throws as {@link loadClientConfig}
 */
export function loadRemoteConfig(env: Env): RemoteConfig | null {
  const problems = new Problems();
  const config = readRemote(env, problems);
  problems.throwIfAny();
  return config;
}

/**
 * Names of the connections configured here; null where none is named.
 *
 * @throws MaskloopError `InvalidConfiguration` if the file of connections cannot be used
 */
export function loadConnectionNames(env: Env): readonly string[] | null {
  const problems = new Problems();
  const names = readConnectionNames(env, problems);
  problems.throwIfAny();
  return names;
}

/**
 * What the models of a connection are trained with. Its CVAT is not used, and need not be configured; null for a connection
 * that is not configured.
 *
 * @throws as {@link loadClientConfig}
 */
export function loadTrainer(env: Env, connection: string): Pick<ConnectionConfig, 'trainer' | 'monai'> | null {
  const problems = new Problems();
  const unused = { CVAT_URL: 'http://localhost', CVAT_TOKEN: 'unused' };
  const connections = readConnections(env['CVAT_URL'] === undefined ? { ...env, ...unused } : env, problems);
  problems.throwIfAny();
  return connections.get(connection) ?? null;
}
