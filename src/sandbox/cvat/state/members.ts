import type { CvatState } from './cvat-state.ts';
import type { Role, User } from './entities.ts';
import type { Invitation, Membership } from './webhook-entities.ts';

interface NewMembership {
  readonly userId: number;
  readonly organizationId: number;
  readonly role: Role;
  readonly isActive: boolean;
  readonly invitationKey?: string;
  /** The present if left out. */
  readonly joined?: string;
}

/** Gives a user a place in an organization; only an active one counts. */
export function addMembership(state: CvatState, wanted: NewMembership): Membership {
  const added: Membership = {
    id: state.nextId('membership'),
    userId: wanted.userId,
    organizationId: wanted.organizationId,
    joined: wanted.isActive ? (wanted.joined ?? state.stamp()) : null,
    invitationKey: wanted.invitationKey ?? null,
    role: wanted.role,
    isActive: wanted.isActive,
  };
  state.memberships.set(added.id, added);
  if (wanted.isActive) state.organizations.get(wanted.organizationId)?.members.set(wanted.userId, wanted.role);
  return added;
}

export function membershipsOf(state: CvatState, organizationId: number): Membership[] {
  return [...state.memberships.values()].filter((membership) => membership.organizationId === organizationId);
}

export function changeRole(state: CvatState, membership: Membership, role: Role): void {
  membership.role = role;
  if (!membership.isActive) return;
  state.organizations.get(membership.organizationId)?.members.set(membership.userId, role);
}

/** Ends a membership and the invitation it came from. */
export function endMembership(state: CvatState, membership: Membership): void {
  state.memberships.delete(membership.id);
  if (membership.invitationKey !== null) state.invitations.delete(membership.invitationKey);
  if (membership.isActive) state.organizations.get(membership.organizationId)?.members.delete(membership.userId);
}

/** Invites a user; one who has an account is a member at once. */
export function invite(
  state: CvatState,
  order: { user: User; organizationId: number; role: Role; ownerId: number; isAccepted: boolean },
): Invitation {
  const key = state.random.letters(64);
  const membership = addMembership(state, {
    userId: order.user.id,
    organizationId: order.organizationId,
    role: order.role,
    isActive: order.isAccepted,
    invitationKey: key,
  });
  const invitation: Invitation = {
    key,
    created: state.stamp(),
    ownerId: order.ownerId,
    membershipId: membership.id,
  };
  state.invitations.set(key, invitation);
  return invitation;
}

/** Makes an invited user a member. */
export function acceptInvitation(state: CvatState, membership: Membership): void {
  membership.isActive = true;
  membership.joined = state.stamp();
  state.organizations.get(membership.organizationId)?.members.set(membership.userId, membership.role);
}
