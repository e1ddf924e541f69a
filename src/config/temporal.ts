import { loadClientConnectConfig, type ClientConnectConfig } from '@temporalio/envconfig';
import type { Problems } from './problems.ts';
import { isSet, readSecret, secretVariables } from './secret.ts';
import type { Env } from './variables.ts';

export interface TemporalConfig {
  /** `host:port`. */
  readonly address: string;
  readonly namespace: string;
  /** What the SDK's connections take; holds `address`. */
  readonly connectionOptions: ClientConnectConfig['connectionOptions'] & { readonly address: string };
}

const DEFAULT_ADDRESS = 'localhost:7233';
const DEFAULT_NAMESPACE = 'default';

/** Temporal's settings as the SDK's environment configuration reads them: `TEMPORAL_*` over the profile of its TOML file. */
export function readTemporal(env: Env, problems: Problems): TemporalConfig {
  const variables = definedOnly(env);
  const names = secretVariables('TEMPORAL_API_KEY');
  if (isSet(env, names)) {
    const key = readSecret(env, names, problems);
    if (key !== null) variables['TEMPORAL_API_KEY'] = key.read();
  }
  const loaded = load(variables, problems);
  const address = loaded.connectionOptions.address ?? DEFAULT_ADDRESS;
  return {
    address,
    namespace: loaded.namespace ?? DEFAULT_NAMESPACE,
    connectionOptions: { ...loaded.connectionOptions, address },
  };
}

function load(variables: Record<string, string>, problems: Problems): ClientConnectConfig {
  try {
    return loadClientConnectConfig({ overrideEnvVars: variables });
  } catch (error) {
    problems.add('TEMPORAL_*', `cannot be used: ${firstLine(error)}`);
    return { connectionOptions: {} };
  }
}

/** Only the first line: a parse error of the TOML file quotes the file, and with it perhaps a key, in the next ones. */
function firstLine(error: unknown): string {
  const message = typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '';
  return message.split('\n', 1)[0] ?? '';
}

/** An empty variable counts as not set, as everywhere else; only for `TEMPORAL_GRPC_META_*` empty means "send no such header". */
function definedOnly(env: Env): Record<string, string> {
  const entries = Object.entries(env).filter((entry): entry is [string, string] => isMeant(entry[0], entry[1]));
  return Object.fromEntries(entries);
}

function isMeant(name: string, value: string | undefined): boolean {
  return value !== undefined && (value.trim() !== '' || name.startsWith('TEMPORAL_GRPC_META_'));
}
