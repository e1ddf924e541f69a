import type { CvatState } from './cvat-state.ts';
import type { Session } from './webhook-entities.ts';

/** Milliseconds that a login by cookies lasts. */
export const SESSION_MS = 14 * 24 * 3600 * 1000;

export function addSession(state: CvatState, userId: number): Session {
  const id = state.random.letters(32).toLowerCase();
  const session = { id, userId, expires: state.now() + SESSION_MS };
  state.sessions.set(id, session);
  return session;
}

/** A session that has not run out. */
export function findSession(state: CvatState, id: string | undefined): Session | undefined {
  const session = id === undefined ? undefined : state.sessions.get(id);
  return session === undefined || session.expires <= state.now() ? undefined : session;
}
