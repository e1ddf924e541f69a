import { isIP } from 'node:net';
import path from 'node:path';
import type { ProblemSink } from './problems.ts';
import { readSecret, secretVariables, type Secret } from './secret.ts';
import { readText, readUrl, type Env } from './variables.ts';

/** The issuer whose JWTs count, and what stands where in them. */
export interface OidcConfig {
  readonly issuer: string;
  readonly audience: string;
  /** Null asks the issuer's own description. */
  readonly jwksUrl: string | null;
  readonly roleClaim: string;
  /** Null: whoever has a role sees all connections. */
  readonly connectionsClaim: string | null;
}

/** Who may ask the server, and for what. */
export interface AccessConfig {
  /** One token that may do everything; null where none is set. */
  readonly token: Secret | null;
  /** Absolute path of the file of tokens; null for none. */
  readonly tokensFile: string | null;
  readonly oidc: OidcConfig | null;
  /** What cookies are signed with; null makes one, so that a restart ends all sessions. */
  readonly sessionSecret: Secret | null;
  /** Where people reach the server; null where that is not set. */
  readonly publicUrl: string | null;
  /** Addresses and networks of proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  /** Absolute folders of the workers' machine that a start may name. */
  readonly roots: readonly string[];
}

const TOKEN_LENGTH = 16;
const SECRET_LENGTH = 32;

/** Reads who may ask. Without a token nobody but this machine may: `host` has to be its own then. */
export function readAccess(env: Env, host: string, problems: ProblemSink): AccessConfig {
  const token = readLongSecret(env, 'MASKLOOP_TOKEN', TOKEN_LENGTH, problems);
  const tokensFile = readText(env, 'MASKLOOP_TOKENS_FILE');
  const oidc = readOidc(env, problems);
  if (!isLoopback(host) && token === null && tokensFile === null && oidc === null) {
    const what = 'is an address that others reach, and nothing says who may ask:';
    problems.add('MASKLOOP_HOST', `${what} set MASKLOOP_TOKEN, MASKLOOP_TOKENS_FILE or MASKLOOP_OIDC_ISSUER.`);
  }
  const roots = list(env, 'MASKLOOP_ROOTS', path.delimiter);
  if (roots.some((root) => !path.isAbsolute(root)))
    problems.add('MASKLOOP_ROOTS', 'names a folder that is not absolute.');
  return {
    token,
    tokensFile: tokensFile === null ? null : path.resolve(tokensFile),
    oidc,
    sessionSecret: readLongSecret(env, 'MASKLOOP_SESSION_SECRET', SECRET_LENGTH, problems),
    publicUrl: readUrl(env, 'MASKLOOP_PUBLIC_URL', problems),
    trustedProxies: readProxies(env, problems),
    roots,
  };
}

/** True for addresses that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

function readLongSecret(env: Env, name: string, least: number, problems: ProblemSink): Secret | null {
  const secret = readSecret(env, secretVariables(name), problems);
  if (secret !== null && secret.read().length < least) {
    problems.add(name, `must have ${least} characters or more, for instance of: openssl rand -hex 32`);
  }
  return secret;
}

function readOidc(env: Env, problems: ProblemSink): OidcConfig | null {
  const issuer = readText(env, 'MASKLOOP_OIDC_ISSUER');
  const jwksUrl = readUrl(env, 'MASKLOOP_OIDC_JWKS_URL', problems);
  if (issuer === null) return null;
  const audience = readText(env, 'MASKLOOP_OIDC_AUDIENCE');
  if (audience === null) problems.add('MASKLOOP_OIDC_AUDIENCE', 'is needed where MASKLOOP_OIDC_ISSUER is set.');
  for (const [setting, url] of [
    ['MASKLOOP_OIDC_ISSUER', issuer],
    ['MASKLOOP_OIDC_JWKS_URL', jwksUrl ?? issuer],
  ] as const) {
    if (!isSafe(url)) problems.add(setting, 'has to begin with https://, unless it is on this machine.');
  }
  return {
    issuer,
    audience: audience ?? '',
    jwksUrl,
    roleClaim: readText(env, 'MASKLOOP_OIDC_ROLE_CLAIM') ?? 'maskloop_role',
    connectionsClaim: readText(env, 'MASKLOOP_OIDC_CONNECTIONS_CLAIM'),
  };
}

/** Keys that came in the clear could be anybody's. */
function isSafe(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

function readProxies(env: Env, problems: ProblemSink): readonly string[] {
  const proxies = list(env, 'MASKLOOP_TRUSTED_PROXIES', ',');
  if (proxies.some((proxy) => isIP(proxy.split('/')[0] ?? '') === 0)) {
    problems.add('MASKLOOP_TRUSTED_PROXIES', 'lists addresses or networks: 10.0.0.7,192.168.0.0/16');
  }
  return proxies;
}

function list(env: Env, name: string, separator: string): readonly string[] {
  const parts = readText(env, name)?.split(separator) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
