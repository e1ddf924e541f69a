import type { FastifyReply, FastifyRequest } from 'fastify';
import { API_PREFIX } from '../../../api/endpoint.ts';
import * as api from '../../../api/endpoints/session.ts';
import { MaskloopError } from '../../../contracts/error.ts';
import { attemptLimit } from '../../access/attempt-limit.ts';
import { sessionOf, whoHasCookie, whoHasToken } from '../../access/authenticate.ts';
import type { Principal } from '../../access/principal.ts';
import { SESSION_COOKIE } from '../../access/session-cookie.ts';
import type { ApiParts } from '../api-parts.ts';
import type { Serve } from '../serve.ts';

/** Wrong tokens that an address may show in this time, in milliseconds. */
const LIMIT = { most: 10, windowMs: 60_000, addresses: 10_000 };

/** Logging in and out with a cookie. */
export function serveSession(serve: Serve, { access, publicUrl }: ApiParts): void {
  const limit = attemptLimit(LIMIT);
  const cookieOf = (request: FastifyRequest) => ({
    path: API_PREFIX,
    httpOnly: true,
    sameSite: 'strict' as const,
    secure: request.protocol === 'https' || publicUrl?.startsWith('https:') === true,
  });
  serve(api.readSession, async ({ who }) => identityOf(who));
  serve(api.login, async ({ body, request, reply, isOf }) => {
    const waitMs = limit.waitOf(request.ip);
    if (waitMs > 0) {
      const message = 'Too many logins from this address have failed; wait a minute.';
      throw new MaskloopError('TooManyRequests', message, { retryAfterMs: waitMs });
    }
    const who = await whoHasToken(access, body.token);
    if (who === null) {
      limit.failed(request.ip);
      throw new MaskloopError('LoginNeeded', 'Nobody whom the server knows has this token.');
    }
    isOf(who);
    const session = sessionOf(access, body.token, who, Date.now());
    const expires = new Date(session.expiresAt);
    setCookie(reply, access.cookies.write(session), { ...cookieOf(request), expires });
    return identityOf({ ...who, expiresAt: expires.toISOString() });
  });
  serve(api.logout, async ({ request, reply, isOf }) => {
    const cookie = request.cookies[SESSION_COOKIE];
    const who = cookie === undefined || access.isOpen ? null : whoHasCookie(access, cookie);
    if (who !== null) isOf(who);
    void reply.clearCookie(SESSION_COOKIE, cookieOf(request));
  });
}

function setCookie(reply: FastifyReply, value: string, options: Parameters<FastifyReply['setCookie']>[2]): void {
  void reply.setCookie(SESSION_COOKIE, value, options);
}

function identityOf({ name, role, connections, expiresAt }: Principal) {
  return { name, role, connections: connections === null ? null : [...connections], expiresAt };
}
