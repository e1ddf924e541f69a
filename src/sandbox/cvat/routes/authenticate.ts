import type { FastifyRequest } from 'fastify';
import { forbidden, refuseDetail, type Refusal } from '../answers/refusal.ts';
import type { CvatState } from '../state/cvat-state.ts';
import type { AccessToken, User } from '../state/entities.ts';
import { findSession } from '../state/sessions.ts';
import { userByKey, userByPassword, useToken } from '../state/users.ts';
import { cookiesOf } from './session-cookies.ts';

export interface Identity {
  readonly user: User;
  readonly token: AccessToken | undefined;
}

const SCHEMES = ['token', 'bearer', 'basic'];
const READS = ['GET', 'HEAD', 'OPTIONS'];

/** Does a request say who sends it, rightly or not? */
export function hasCredentials(state: CvatState, request: FastifyRequest): boolean {
  const [scheme = ''] = (request.headers.authorization ?? '').split(' ');
  return SCHEMES.includes(scheme.toLowerCase()) || findSession(state, sessionId(request)) !== undefined;
}

/**
 * The user of a request: `Token` with a login key, `Bearer` with an access token, `Basic`, or the cookies of a login.
 *
 * @throws Refusal 401 without or with wrong credentials, 403 for a change by a read-only token, or by cookies alone
 */
export function authenticate(state: CvatState, request: FastifyRequest): Identity {
  const [scheme = '', value = ''] = (request.headers.authorization ?? '').split(' ');
  const identity = identify(state, request, scheme.toLowerCase(), value);
  if (identity.token?.readOnly === true && !READS.includes(request.method)) throw forbidden();
  return identity;
}

function identify(state: CvatState, request: FastifyRequest, scheme: string, value: string): Identity {
  if (scheme === 'token') {
    const user = userByKey(state, value);
    if (user === undefined) throw unauthorized('Invalid token.');
    return { user, token: undefined };
  }
  if (scheme === 'bearer') {
    const token = useToken(state, value);
    const user = token === undefined ? undefined : state.users.get(token.userId);
    if (user === undefined) throw unauthorized('Invalid token.');
    return { user, token };
  }
  if (scheme === 'basic') {
    const [name = '', ...password] = Buffer.from(value, 'base64').toString().split(':');
    const user = userByPassword(state, name, password.join(':'));
    if (user === undefined) throw unauthorized('Invalid username/password.');
    return { user, token: undefined };
  }
  const user = state.users.get(findSession(state, sessionId(request))?.userId ?? 0);
  if (user === undefined) throw unauthorized('Authentication credentials were not provided.');
  if (!READS.includes(request.method)) checkForgery(request);
  return { user, token: undefined };
}

function sessionId(request: FastifyRequest): string | undefined {
  return cookiesOf(request).get('sessionid');
}

/** A change by cookies must repeat the token of its cookie, and must not come from another site's page. */
function checkForgery(request: FastifyRequest): void {
  const { origin } = request.headers;
  const host = request.headers['x-forwarded-host']?.toString() ?? request.headers.host ?? '';
  if (origin !== undefined && origin.replace(/^https?:\/\//, '') !== host) {
    throw forged(`Origin checking failed - ${origin} does not match any trusted origins.`);
  }
  const expected = cookiesOf(request).get('csrftoken');
  if (expected === undefined) throw forged('CSRF cookie not set.');
  const given = request.headers['x-csrftoken'];
  if (given === undefined) throw forged('CSRF token missing.');
  if (given !== expected) throw forged("CSRF token from the 'X-Csrftoken' HTTP header incorrect.");
}

function forged(words: string): Refusal {
  return refuseDetail(403, `CSRF Failed: ${words}`);
}

function unauthorized(detail: string): Refusal {
  return refuseDetail(401, detail, { 'www-authenticate': 'Token' });
}
