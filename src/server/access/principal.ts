import { MaskloopError } from '../../contracts/error.ts';
import { mayAct, type Role } from '../../contracts/role.ts';

/** Somebody whom the server knows. */
export interface Principal {
  readonly name: string;
  readonly role: Role;
  /** Null for all. */
  readonly connections: readonly string[] | null;
  /** ISO time until when the login holds; null for as long as its token. */
  readonly expiresAt: string | null;
  /** True where many people may share it, so that a client's word for its user is taken. */
  readonly isShared: boolean;
  /** True where a browser sends it by itself, so that a page of another origin could have it sent. */
  readonly isAmbient: boolean;
}

/** True if the principal may know of what belongs to a connection. */
export function sees({ connections }: Pick<Principal, 'connections'>, connection: string): boolean {
  return connections === null || connections.includes(connection);
}

/** @throws MaskloopError `AccessDenied` if the principal has not this role, nor one above it */
export function requireRole({ name, role }: Principal, needs: Role): void {
  if (mayAct(role, needs)) return;
  throw new MaskloopError('AccessDenied', `${name} has the role ${role}; this needs ${needs}.`, {
    facts: { name, role, needs },
  });
}

/** @throws MaskloopError `AccessDenied` unless the principal may know of the connection */
export function requireConnection(who: Principal, connection: string): void {
  if (sees(who, connection)) return;
  throw new MaskloopError('AccessDenied', `${who.name} has no connection ${connection}.`, { facts: { connection } });
}

/** @throws MaskloopError `AccessDenied` unless the principal may see all connections */
export function requireAll({ name, connections }: Principal): void {
  if (connections === null) return;
  throw new MaskloopError('AccessDenied', `${name} may not see all connections, which this is about.`, {
    facts: { name, connections },
  });
}
