import { sha256Of, type KnownToken, type KnownTokens } from './known-tokens.ts';
import type { JwtCheck } from './oidc.ts';
import type { Principal } from './principal.ts';
import { sessionEnd, type Session, type SessionCookies } from './session-cookie.ts';

/** Ways to be known. */
export interface Access {
  readonly tokens: KnownTokens;
  /** Null without an issuer. */
  readonly jwt: JwtCheck | null;
  readonly cookies: SessionCookies;
  /** True where no token is set at all: whoever is on this machine may do everything. */
  readonly isOpen: boolean;
}

/** Somebody on the machine of a server without tokens. */
export const ANYBODY_HERE: Principal = {
  name: 'local',
  role: 'operator',
  connections: null,
  expiresAt: null,
  isShared: true,
  isAmbient: true,
};

/** Who a token is of; null if it holds no more, or never did. */
export async function whoHasToken({ tokens, jwt }: Access, token: string): Promise<Principal | null> {
  const known = tokens.find(token);
  if (known !== null) return ofToken(known);
  return jwt !== null && token.split('.').length === 3 ? jwt(token) : null;
}

/** Who a cookie is of; null if it is not ours, has expired, or its token holds no more. */
export function whoHasCookie({ tokens, cookies }: Access, cookie: string): Principal | null {
  const session = cookies.read(cookie);
  if (session === null) return null;
  const expiresAt = new Date(session.expiresAt).toISOString();
  if (session.kind === 'jwt') {
    const { name, role, connections } = session;
    return { name, role, connections, expiresAt, isShared: false, isAmbient: true };
  }
  const known = tokens.still(session.name, (sha256) => cookies.markOf(sha256) === session.sha256);
  return known === null ? null : { ...ofToken(known), expiresAt, isAmbient: true };
}

/** The session of somebody who has shown a token. */
export function sessionOf({ cookies }: Access, token: string, who: Principal, now: number): Session {
  const { name, role, connections } = who;
  const expiresAt = sessionEnd(now, who.expiresAt);
  if (who.expiresAt === null) return { kind: 'token', name, sha256: cookies.markOf(sha256Of(token)), expiresAt };
  return { kind: 'jwt', name, role, connections: connections === null ? null : [...connections], expiresAt };
}

function ofToken({ name, role, connections, isShared }: KnownToken): Principal {
  return { name, role, connections, expiresAt: null, isShared, isAmbient: false };
}
