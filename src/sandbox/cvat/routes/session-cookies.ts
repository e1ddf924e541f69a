import type { FastifyRequest } from 'fastify';
import type { CvatState } from '../state/cvat-state.ts';
import { addSession, SESSION_MS } from '../state/sessions.ts';

const CSRF_SECONDS = 364 * 24 * 3600;
const FRESH_SECONDS = 24 * 3600;

/** The cookies of a request by name. */
export function cookiesOf(request: FastifyRequest): ReadonlyMap<string, string> {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair): [string, string] => {
    const mark = pair.indexOf('=');
    return [pair.slice(0, mark).trim(), pair.slice(mark + 1).trim()];
  });
  return new Map(pairs);
}

/** Logs a browser in: the `Set-Cookie` lines of a new session with its token against forged requests. */
export function sessionCookies(state: CvatState, userId: number): string[] {
  const session = addSession(state, userId);
  return [
    cookie(state, 'csrftoken', state.random.letters(32), { seconds: CSRF_SECONDS, isHidden: false }),
    cookie(state, 'sessionfresh', '1', { seconds: FRESH_SECONDS, isHidden: true }),
    cookie(state, 'sessionid', session.id, { seconds: SESSION_MS / 1000, isHidden: true }),
  ];
}

/** Takes the cookies of a session away. */
export function endedCookies(): string[] {
  const gone = 'expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; SameSite=Lax';
  return ['sessionfresh', 'sessionid'].map((name) => `${name}=""; ${gone}`);
}

function cookie(
  state: CvatState,
  name: string,
  value: string,
  rules: { readonly seconds: number; readonly isHidden: boolean },
): string {
  const expires = new Date(state.now() + rules.seconds * 1000).toUTCString();
  const hidden = rules.isHidden ? ' HttpOnly;' : '';
  return `${name}=${value}; expires=${expires};${hidden} Max-Age=${rules.seconds}; Path=/; SameSite=Lax`;
}
