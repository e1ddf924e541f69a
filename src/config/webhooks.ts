import type { ProblemSink } from './problems.ts';
import { readSecret, type Secret, type SecretNames } from './secret.ts';
import { readUrl, type Env } from './variables.ts';

/** CVAT takes no longer one; a shorter one could be guessed from one message. In characters. */
const SECRET_LENGTH = { least: 16, most: 64 } as const;

/** What doctor needs to register a webhook. */
export interface WebhookConfig {
  /** Where CVAT reaches our server, without the route; no trailing slash. Null if `MASKLOOP_WEBHOOK_URL` is not set. */
  readonly url: string | null;
  /** By name of connection, of those that have one. */
  readonly secrets: ReadonlyMap<string, Secret>;
}

/** A webhook's secret; null if none is set, or with a noted problem. */
export function readWebhookSecret(env: Env, names: SecretNames, problems: ProblemSink): Secret | null {
  const secret = readSecret(env, names, problems);
  if (secret === null) return null;
  const { length } = secret.read();
  if (length >= SECRET_LENGTH.least && length <= SECRET_LENGTH.most) return secret;
  const { least, most } = SECRET_LENGTH;
  problems.add(names.value, `must have ${least} to ${most} characters, for instance of: openssl rand -hex 32`);
  return null;
}

/** `MASKLOOP_WEBHOOK_URL`, with or without the route. */
export function readWebhookUrl(env: Env, problems: ProblemSink): string | null {
  return readUrl(env, 'MASKLOOP_WEBHOOK_URL', problems)?.replace(/\/webhooks\/cvat$/, '') ?? null;
}
