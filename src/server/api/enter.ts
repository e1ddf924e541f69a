import type { FastifyReply, FastifyRequest } from 'fastify';
import { USER_HEADER, type Endpoint } from '../../api/endpoint.ts';
import { MaskloopError } from '../../contracts/error.ts';
import { attemptLimit, type AttemptLimit } from '../access/attempt-limit.ts';
import { ANYBODY_HERE, whoHasCookie, whoHasToken, type Access } from '../access/authenticate.ts';
import { requireRole, type Principal } from '../access/principal.ts';
import { requireLocalName, requireOwnPage } from '../access/same-origin.ts';
import { SESSION_COOKIE } from '../access/session-cookie.ts';

/** Letters of a name that somebody gives himself. */
const LONGEST_NAME = 200;

/** Wrong tokens in requests from an address in this time, in milliseconds; those of the login are counted for themselves. */
const WRONG_TOKENS = { most: 10, windowMs: 60_000, addresses: 10_000 };

export interface Entrance {
  readonly access: Access;
  /** Where people reach the server, as in `https://maskloop.example`; null where that is not set. */
  readonly publicOrigin: string | null;
  readonly wrongTokens: AttemptLimit;
}

/** Counts wrong tokens in requests. */
export function wrongTokens(): AttemptLimit {
  return attemptLimit(WRONG_TOKENS);
}

/** Nobody; for what is open to everybody. */
export const NOBODY: Principal = { ...ANYBODY_HERE, name: 'nobody', role: 'viewer', connections: [] };

/**
 * Says who asks, before anything of a body is read. Whoever has a token that holds is let in, however many wrong ones came from his address.
 *
 * @throws MaskloopError `LoginNeeded`, `TokenUnknown`, `AccessDenied` for a name of this machine that is none, `IssuerUnreachable`
 */
export async function whoEnters(
  endpoint: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply,
  { access, wrongTokens: wrong }: Entrance,
): Promise<Principal> {
  if (access.isOpen) requireLocalName(request.headers.host);
  if (endpoint.role === null) return NOBODY;
  const who = await knownCaller(access, request);
  if (who !== null) return who;
  void reply.header('www-authenticate', 'Bearer realm="maskloop"');
  if (tokenIn(request) !== null) {
    const waitMs = wrong.waitOf(request.ip);
    wrong.failed(request.ip);
    const message =
      'The token is wrong: the server knows nobody who has it. Wrong ones came from this address too often.';
    if (waitMs > 0) throw new MaskloopError('TokenUnknown', message, { retryAfterMs: waitMs });
  }
  throw new MaskloopError('LoginNeeded', 'The request names nobody whom the server knows.');
}

/** Lets through only who may. @throws MaskloopError `AccessDenied`, `PageForeign` */
export function requireEntry(
  endpoint: Endpoint,
  request: FastifyRequest,
  who: Principal,
  { publicOrigin }: Entrance,
): void {
  const origins = [
    `${request.protocol}://${request.headers.host ?? ''}`,
    ...(publicOrigin === null ? [] : [publicOrigin]),
  ];
  if (endpoint.method !== 'GET' && who.isAmbient) requireOwnPage(request.headers, origins);
  if (endpoint.role !== null) requireRole(who, endpoint.role);
}

function tokenIn({ headers }: FastifyRequest): string | null {
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}

/** Who has the token or cookie of a request, as it is now; null for nobody. @throws MaskloopError `IssuerUnreachable` */
export async function knownCaller(access: Access, request: FastifyRequest): Promise<Principal | null> {
  const token = tokenIn(request);
  if (token !== null) return whoHasToken(access, token);
  const cookie = request.cookies[SESSION_COOKIE];
  if (cookie !== undefined && !access.isOpen) return whoHasCookie(access, cookie);
  return access.isOpen ? ANYBODY_HERE : null;
}

/** Whom receipts and registers name: where many share a token, the name that the client gives. */
export function nameOf(who: Principal, request: FastifyRequest): string {
  const given = request.headers[USER_HEADER];
  if (!who.isShared || typeof given !== 'string') return who.name;
  try {
    const name = decodeURIComponent(given).replace(/\p{C}/gu, '').trim().slice(0, LONGEST_NAME);
    return name === '' ? who.name : name;
  } catch {
    return who.name;
  }
}
