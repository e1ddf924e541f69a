import { dirname, resolve } from 'node:path';
import { readConnectionsFile, type ConnectionEntry, type ConnectionsFile } from './connections-file.ts';
import { CVAT_VARIABLES, readCvat, type CvatConfig, type CvatNames } from './cvat.ts';
import { MONAI_VARIABLES, readMonai, type MonaiConfig, type MonaiNames } from './monai.ts';
import type { ProblemSink } from './problems.ts';
import { secretVariables, type Secret } from './secret.ts';
import { readTrainer, resolveTrainer, TRAINER_VARIABLE, type TrainerConfig } from './trainer.ts';
import { readText, type Env } from './variables.ts';
import { readWebhookSecret } from './webhooks.ts';

/** One CVAT and the MONAI Label beside it; null where none is configured. */
export interface ConnectionConfig {
  readonly cvat: CvatConfig;
  readonly monai: MonaiConfig | null;
  /** Trains instead of a MONAI Label; null where none is configured. */
  readonly trainer: TrainerConfig | null;
}

/** Connections by name. */
export type Connections = ReadonlyMap<string, ConnectionConfig>;

const SETTING = 'MASKLOOP_CONNECTIONS';
const TWO_TRAINERS = 'names a second trainer; leave out one of it and';

/** The keys of one connection in the file, named as problems name them. */
const CVAT_KEYS: CvatNames = {
  url: 'cvat.url',
  publicUrl: 'cvat.publicUrl',
  organization: 'cvat.organization',
  headersFile: 'cvat.headersFile',
  token: { value: 'cvat.tokenEnv', file: 'cvat.tokenFile' },
  username: { value: 'cvat.username', file: 'cvat.usernameFile' },
  password: { value: 'cvat.passwordEnv', file: 'cvat.passwordFile' },
};
const WEBHOOK_SECRET_KEYS = { value: 'cvat.webhookSecretEnv', file: 'cvat.webhookSecretFile' } as const;
const MONAI_KEYS: MonaiNames = { url: 'monai.url', headersFile: 'monai.headersFile', version: 'monai.version' };

/**
 * `default` from the environment, and what the file that `MASKLOOP_CONNECTIONS` names has beside it. Without such a
 * file `CVAT_URL` is needed.
 */
export function readConnections(env: Env, problems: ProblemSink): Connections {
  const found = new Map<string, ConnectionConfig>();
  const file = readText(env, SETTING);
  const cvat = readCvat(env, CVAT_VARIABLES, file === null, problems);
  const monai = readMonai(env, MONAI_VARIABLES, false, problems);
  const trainer = readTrainer(env, TRAINER_VARIABLE, problems);
  if (trainer !== null && monai !== null) problems.add(TRAINER_VARIABLE, `${TWO_TRAINERS} MONAI_LABEL_URL.`);
  if (cvat !== null) found.set('default', { cvat, monai, trainer });
  if (file === null) return found;
  const further = readConnectionsFile(resolve(file), SETTING, problems);
  for (const [name, entry] of further?.entries ?? []) {
    const connection = readEntry(entry, env, dirname(resolve(file)), sinkOf(further, name, problems));
    if (connection !== null) found.set(name, connection);
  }
  return found;
}

/**
 * Names of the connections that are configured here, without a look at their secrets and servers; null where nothing
 * is, as on a machine that only talks to Temporal.
 */
export function readConnectionNames(env: Env, problems: ProblemSink): readonly string[] | null {
  const file = readText(env, SETTING);
  if (file === null) return null;
  const further = readConnectionsFile(resolve(file), SETTING, problems);
  return further === null ? null : ['default', ...further.entries.keys()];
}

/** Secrets of webhooks by name of connection, of those that have one; nothing else of a connection is looked at. */
export function readWebhookSecrets(env: Env, problems: ProblemSink): ReadonlyMap<string, Secret> {
  const found = new Map<string, Secret>();
  const secret = readWebhookSecret(env, secretVariables('CVAT_WEBHOOK_SECRET'), problems);
  if (secret !== null) found.set('default', secret);
  const file = readText(env, SETTING);
  const further = file === null ? null : readConnectionsFile(resolve(file), SETTING, problems);
  for (const [name, { cvat }] of further?.entries ?? []) {
    const { webhookSecretEnv, webhookSecretFile } = cvat;
    const named = {
      cvat: {
        ...(webhookSecretEnv === undefined ? {} : { webhookSecretEnv }),
        ...(webhookSecretFile === undefined ? {} : { webhookSecretFile }),
      },
    };
    const sink = sinkOf(further, name, problems);
    const settings = settingsOf(named, env, dirname(resolve(file ?? '')), sink);
    const own = readWebhookSecret(settings, WEBHOOK_SECRET_KEYS, sink);
    if (own !== null) found.set(name, own);
  }
  return found;
}

/** Notes problems of a connection by line and key of the file. */
function sinkOf(file: ConnectionsFile | null, name: string, problems: ProblemSink): ProblemSink {
  return { add: (key, problem) => problems.add(file?.place([name, ...key.split('.')]) ?? key, problem) };
}

function readEntry(entry: ConnectionEntry, env: Env, folder: string, problems: ProblemSink): ConnectionConfig | null {
  const { trainer: given, ...servers } = entry;
  const settings = settingsOf(servers, env, folder, problems);
  const cvat = readCvat(settings, CVAT_KEYS, true, problems);
  const monai = readMonai(settings, MONAI_KEYS, false, problems);
  if (given !== undefined && monai !== null) problems.add('trainer', `${TWO_TRAINERS} monai.`);
  const trainer = given === undefined ? null : resolveTrainer(given, folder);
  return cvat === null ? null : { cvat, monai, trainer };
}

/** The entry as settings: files are named from the folder of the file, variables are looked up. */
function settingsOf(
  entry: Readonly<Record<string, Readonly<Record<string, string | undefined>> | undefined>>,
  env: Env,
  folder: string,
  problems: ProblemSink,
): Env {
  const settings: Record<string, string> = {};
  for (const [part, values] of Object.entries(entry)) {
    for (const [key, value] of Object.entries(values ?? {})) {
      const name = `${part}.${key}`;
      if (typeof value !== 'string') continue;
      settings[name] = key.endsWith('File') ? resolve(folder, value) : value;
      if (!key.endsWith('Env')) continue;
      const held = readText(env, value);
      // Not set at all, it would pass for a connection without a login.
      if (held === null) problems.add(name, `names a variable that is not set: ${shownName(value)}`);
      settings[name] = held ?? 'unset';
    }
  }
  return settings;
}

/** A name as variables have them; anything else may be a secret that was written there by mistake. */
function shownName(value: string): string {
  return /^[A-Z_][A-Z0-9_]*$/.test(value) ? value : '(not the name of a variable)';
}
