import { readAccess, type AccessConfig } from './access.ts';
import type { ProblemSink } from './problems.ts';
import type { Secret } from './secret.ts';
import { readText, type Env } from './variables.ts';

/** Where the server listens, and whom it believes. */
export interface ServerConfig {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  /** By name of connection, of those that have one. */
  readonly webhookSecrets: ReadonlyMap<string, Secret>;
  readonly access: AccessConfig;
}

/** Nobody but this machine, unless told otherwise. */
const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_PORT = 7280;
const HIGHEST_PORT = 65_535;

/** `MASKLOOP_HOST`, `MASKLOOP_PORT`, and who may ask. */
export function readServer(
  env: Env,
  webhookSecrets: ServerConfig['webhookSecrets'],
  problems: ProblemSink,
): ServerConfig {
  const text = readText(env, 'MASKLOOP_PORT');
  const port = text === null ? DEFAULT_PORT : Number(text);
  if (!/^\d+$/.test(text ?? '0') || port > HIGHEST_PORT) problems.add('MASKLOOP_PORT', 'is no port, 0 to 65535.');
  const host = readText(env, 'MASKLOOP_HOST') ?? DEFAULT_HOST;
  return { host, port, webhookSecrets, access: readAccess(env, host, problems) };
}
