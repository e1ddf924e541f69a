import { isMaskloopError } from '../contracts/error.ts';
import type { Http } from '../http/http.ts';
import { parseAnswer } from '../http/parse-answer.ts';
import { fetchJson, query } from './api.ts';
import { authorizationOf, type CvatCredentials } from './credentials.ts';
import { aboutWire, formatsWire, memberWire, ownTokenWire, userWire } from './wire/server.ts';

/** What can be asked of a CVAT itself, without writing anything. */
export interface CvatServer {
  /** As this process reaches it. */
  readonly url: string;
  /** Slug of the organization that requests name; null for none. */
  readonly organization: string | null;

  version(signal?: AbortSignal): Promise<string>;
  /** Version, and by how much the server's clock is ahead of ours, as far as whole seconds tell; null without a `Date`. Needs no login. */
  about(signal?: AbortSignal): Promise<{ readonly version: string; readonly clockAheadMs: number | null }>;
  whoAmI(signal?: AbortSignal): Promise<CvatUser>;
  /**
   * Tries the login again after a refusal; false, with nothing sent, while it is still the one that was refused.
   * @throws MaskloopError `CvatLoginRefused` if a new one is refused as well
   */
  retryLogin(signal?: AbortSignal): Promise<boolean>;
  /** The personal access token of the login; null for any other kind of login. */
  ownToken(signal?: AbortSignal): Promise<OwnToken | null>;
  /** The user's role in the organization: `owner`, `maintainer`, `supervisor` or `worker`; null where the user is no member. */
  ownRole(username: string, signal?: AbortSignal): Promise<string | null>;
  /** Names of the formats that can be imported. */
  importFormats(signal?: AbortSignal): Promise<readonly string[]>;
}

export interface CvatUser {
  readonly username: string;
  readonly isActive: boolean;
  readonly isAdmin: boolean;
  /** CVAT's own groups: `admin`, `user`, `worker`. */
  readonly groups: readonly string[];
}

export interface OwnToken {
  readonly name: string;
  readonly readOnly: boolean;
  /** ISO time; null for never. */
  readonly expiresAt: string | null;
}

/** Asked without an organization: one that does not exist would have each of these answered 404. */
const NOWHERE = { 'x-organization': '' };

/** What {@link serverMethods} are made of: `plain` sends without a login. */
interface ServerAccess {
  readonly plain: Http;
  readonly http: Http;
  readonly isRefused: () => Promise<boolean>;
  readonly credentials: () => Promise<CvatCredentials>;
}

/** Questions to the server itself. */
export function serverMethods(access: ServerAccess): Omit<CvatServer, 'organization' | 'url'> {
  const { plain, http, isRefused, credentials } = access;
  const get = { method: 'GET', headers: NOWHERE } as const;
  const whoAmI: CvatServer['whoAmI'] = (signal) =>
    fetchJson(http, { ...get, path: '/api/users/self', signal }, userWire);
  return {
    async version(signal) {
      return (await fetchJson(http, { method: 'GET', path: '/api/server/about', signal }, aboutWire)).version;
    },

    async about(signal) {
      const answer = await plain.send({ ...get, path: '/api/server/about', signal });
      const { version } = parseAnswer(answer, aboutWire, 'CvatUnexpectedAnswer');
      const date = Date.parse(answer.headers['date'] ?? '');
      return { version, clockAheadMs: Number.isNaN(date) ? null : date - Date.now() };
    },

    whoAmI,

    async retryLogin(signal) {
      if (await isRefused()) return false;
      await whoAmI(signal);
      return true;
    },

    async ownToken(signal) {
      const login = await credentials();
      if (login.kind !== 'token' || !authorizationOf(login.token).startsWith('Bearer')) return null;
      return fetchJson(http, { ...get, path: '/api/auth/access_tokens/self', signal }, ownTokenWire);
    },

    async ownRole(username, signal) {
      const path = `/api/memberships${query({ user: username, page_size: 100 })}`;
      const members = await fetchJson(http, { method: 'GET', path, signal }, memberWire).catch((error: unknown) => {
        if (isMaskloopError(error, 'CvatForbidden')) return [];
        throw error;
      });
      return members.find((member) => member.username === username)?.role ?? null;
    },

    importFormats: (signal) => fetchJson(http, { ...get, path: '/api/server/annotation/formats', signal }, formatsWire),
  };
}
