import type { FastifyRequest } from 'fastify';
import { forbidden, refuseDetail, type Refusal } from '../answers/refusal.ts';
import type { CvatState } from '../state/cvat-state.ts';
import type { AccessToken, User } from '../state/entities.ts';
import { userByKey, userByPassword, useToken } from '../state/users.ts';

export interface Identity {
  readonly user: User;
  readonly token: AccessToken | undefined;
}

/**
 * The user of a request: `Token` with a login key, `Bearer` with an access token, or `Basic`.
 *
 * @throws Refusal 401 without or with wrong credentials, 403 for a change by a read-only token
 */
export function authenticate(state: CvatState, request: FastifyRequest): Identity {
  const [scheme = '', value = ''] = (request.headers.authorization ?? '').split(' ');
  const identity = identify(state, scheme.toLowerCase(), value);
  const isRead = ['GET', 'HEAD', 'OPTIONS'].includes(request.method);
  if (identity.token?.readOnly === true && !isRead) throw forbidden();
  return identity;
}

function identify(state: CvatState, scheme: string, value: string): Identity {
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
  throw unauthorized('Authentication credentials were not provided.');
}

function unauthorized(detail: string): Refusal {
  return refuseDetail(401, detail, { 'www-authenticate': 'Token' });
}
