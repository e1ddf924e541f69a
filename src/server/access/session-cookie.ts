import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { ROLES } from '../../contracts/role.ts';
import { isEqualText } from './constant-time.ts';

export const SESSION_COOKIE = 'maskloop_session';

/** How long a login holds at most, in milliseconds: a working day. */
const SESSION_MS = 12 * 3_600_000;

const sessionSchema = z.union([
  z.strictObject({ kind: z.literal('token'), name: z.string(), sha256: z.string(), expiresAt: z.number() }),
  z.strictObject({
    kind: z.literal('jwt'),
    name: z.string(),
    role: z.enum(ROLES),
    connections: z.array(z.string()).nullable(),
    expiresAt: z.number(),
  }),
]);

/**
 * What a cookie says. Of a token there is its name and a keyed hash of its hash, so that the session ends with the token; a JWT cannot be
 * asked for again, so that its role is in the cookie.
 */
export type Session = z.output<typeof sessionSchema>;

export interface SessionCookies {
  /** Text of a cookie. */
  write(session: Session): string;
  /** What it says; null if it was made or changed by somebody else, or has expired. */
  read(text: string): Session | null;
  /** What a token is called in a cookie. */
  markOf(tokenSha256: string): string;
}

/** When a session that begins now ends, in milliseconds since 1970: not after its login does. */
export function sessionEnd(now: number, loginExpiresAt: string | null): number {
  return Math.min(now + SESSION_MS, loginExpiresAt === null ? Infinity : Date.parse(loginExpiresAt));
}

/** Cookies signed with a secret that never leaves the server. */
export function sessionCookies(secret: string, now: () => number = Date.now): SessionCookies {
  const sign = (text: string): string => createHmac('sha256', secret).update(text).digest('base64url');
  return {
    write: (session) => {
      const text = Buffer.from(JSON.stringify(session)).toString('base64url');
      return `${text}.${sign(text)}`;
    },
    read: (cookie) => {
      const [text = '', signature = ''] = cookie.split('.');
      if (!isEqualText(signature, sign(text))) return null;
      const session = sessionSchema.safeParse(jsonOf(text)).data;
      return session === undefined || session.expiresAt <= now() ? null : session;
    },
    markOf: (sha256) => sign(`token ${sha256}`),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
