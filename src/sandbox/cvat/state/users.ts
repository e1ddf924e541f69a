import { timingSafeEqual } from 'node:crypto';
import type { CvatState } from './cvat-state.ts';
import type { AccessToken, Organization, User } from './entities.ts';
import { addMembership } from './members.ts';

export interface NewUser {
  readonly username: string;
  readonly password: string;
  readonly isAdmin?: boolean;
  readonly email?: string;
  readonly firstName?: string;
  readonly lastName?: string;
}

export function addUser(state: CvatState, user: NewUser): User {
  const added: User = {
    id: state.nextId('user'),
    username: user.username,
    password: user.password,
    email: user.email ?? `${user.username}@example.com`,
    firstName: user.firstName ?? '',
    lastName: user.lastName ?? '',
    isAdmin: user.isAdmin ?? false,
    joined: state.stamp(),
    lastLogin: null,
    key: null,
  };
  state.users.set(added.id, added);
  return added;
}

/** The user of a name (or e-mail address) and password; undefined if they do not fit. */
export function userByPassword(state: CvatState, name: string, password: string): User | undefined {
  return [...state.users.values()].find(
    (user) => (user.username === name || user.email === name) && sameText(user.password, password),
  );
}

/** The login key of a user: the same for every login until a logout. */
export function loginKey(state: CvatState, user: User): string {
  user.lastLogin = state.stamp();
  user.key ??= state.random.hex(40);
  return user.key;
}

export function userByKey(state: CvatState, key: string): User | undefined {
  return [...state.users.values()].find((user) => user.key !== null && sameText(user.key, key));
}

/** Uses of a token that follow each other sooner are not noted, in milliseconds. */
const LAST_USED_MS = 60_000;

/** A personal access token that has not expired; noted as used. */
export function useToken(state: CvatState, value: string): AccessToken | undefined {
  const token = [...state.tokens.values()].find((candidate) => sameText(candidate.value, value));
  if (token === undefined) return undefined;
  if (token.expiry !== null && Date.parse(token.expiry) <= state.now()) return undefined;
  const isRecent = token.lastUsed !== null && state.now() - Date.parse(token.lastUsed) < LAST_USED_MS;
  if (!isRecent) token.lastUsed = state.stamp();
  return token;
}

export function addToken(
  state: CvatState,
  token: { userId: number; name: string; readOnly: boolean; expiry: string | null },
): AccessToken {
  const created = state.stamp();
  const added: AccessToken = {
    ...token,
    id: state.nextId('token'),
    value: `${state.random.letters(8)}.${state.random.letters(32)}`,
    created,
    updated: created,
    lastUsed: null,
  };
  state.tokens.set(added.id, added);
  return added;
}

export function addOrganization(
  state: CvatState,
  organization: { slug: string; name: string; description: string; ownerId: number },
): Organization {
  const created = state.stamp();
  const added: Organization = {
    ...organization,
    id: state.nextId('organization'),
    created,
    updated: state.stamp(),
    members: new Map(),
  };
  state.organizations.set(added.id, added);
  const { ownerId: userId, id: organizationId } = added;
  addMembership(state, { userId, organizationId, role: 'owner', isActive: true, joined: created });
  return added;
}

function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
