import type { FastifyReply, FastifyRequest } from 'fastify';
import { USER_HEADER, type Endpoint } from '../../api/endpoint.ts';
import { MaskloopError } from '../../contracts/error.ts';
import { ANYBODY_HERE, whoHasCookie, whoHasToken, type Access } from '../access/authenticate.ts';
import { requireRole, type Principal } from '../access/principal.ts';
import { requireLocalName, requireOwnPage } from '../access/same-origin.ts';
import { SESSION_COOKIE } from '../access/session-cookie.ts';

/** Letters of a name that somebody gives himself. */
const LONGEST_NAME = 200;

export interface Entrance {
  readonly access: Access;
  /** Where people reach the server, as in `https://maskloop.example`; null where that is not set. */
  readonly publicOrigin: string | null;
}

/** Nobody; for what is open to everybody. */
const NOBODY: Principal = { ...ANYBODY_HERE, name: 'nobody', role: 'viewer', connections: [] };

/**
 * Says who asks, and lets only those through who may, before anything of a body is read.
 *
 * @throws MaskloopError `LoginNeeded`, `AccessDenied`, `IssuerUnreachable`
 */
export async function enter(
  endpoint: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply,
  { access, publicOrigin }: Entrance,
): Promise<Principal> {
  if (access.isOpen) requireLocalName(request.headers.host);
  const who = endpoint.role === null ? NOBODY : await knownCaller(access, request);
  if (who === null) {
    void reply.header('www-authenticate', 'Bearer realm="maskloop"');
    throw new MaskloopError('LoginNeeded', 'The request names nobody whom the server knows.');
  }
  const origins = [
    `${request.protocol}://${request.headers.host ?? ''}`,
    ...(publicOrigin === null ? [] : [publicOrigin]),
  ];
  if (endpoint.method !== 'GET' && who.isAmbient) requireOwnPage(request.headers, origins);
  if (endpoint.role !== null) requireRole(who, endpoint.role);
  return who;
}

async function knownCaller(access: Access, request: FastifyRequest): Promise<Principal | null> {
  const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token !== undefined) return whoHasToken(access, token);
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
