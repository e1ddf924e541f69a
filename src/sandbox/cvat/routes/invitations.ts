import { empty, json, type Answer } from '../answers/answer.ts';
import { invitationView } from '../answers/member-views.ts';
import { pageInOrder } from '../answers/paging.ts';
import { forbidden, notFound, refuseFields, refuseList } from '../answers/refusal.ts';
import { announce } from '../state/changes.ts';
import type { User } from '../state/entities.ts';
import { acceptInvitation, endMembership, invite, membershipsOf } from '../state/members.ts';
import { addUser } from '../state/users.ts';
import type { Invitation, Membership } from '../state/webhook-entities.ts';
import { jsonFields } from './body.ts';
import type { UserCall } from './call.ts';
import { requiredText } from './fields.ts';
import { givenRole, mayManageMembers } from './memberships.ts';
import type { Register } from './resource.ts';

export function invitationRoutes(register: Register): void {
  register.users('/api/invitations', { GET: list, POST: create });
  register.users('/api/invitations/:key', {
    GET: (call) => json(200, invitationView(call, visible(call).invitation)),
    DELETE: (call) => {
      const { invitation, membership } = visible(call);
      if (!mayManageMembers(call, membership.organizationId)) throw forbidden();
      announce(call.state, { action: 'delete', kind: 'invitation', id: invitation.key });
      endMembership(call.state, membership);
      return empty(204);
    },
  });
  register.users('/api/invitations/:key/accept', { POST: accept });
  register.users('/api/invitations/:key/decline', {
    POST: (call) => {
      const { membership } = addressed(call);
      if (membership.isActive) return json(400, 'Your invitation is already accepted.');
      endMembership(call.state, membership);
      return empty(204);
    },
  });
}

function list(call: UserCall): Answer {
  const found = [...call.state.invitations.values()].filter((invitation) => {
    const membership = call.state.memberships.get(invitation.membershipId);
    if (membership === undefined) return false;
    const isHere = call.organization == null || call.organization.id === membership.organizationId;
    return isHere && (membership.userId === call.user.id || mayManageMembers(call, membership.organizationId));
  });
  const newestFirst = found.toSorted((a, b) => (a.created < b.created ? 1 : -1));
  return pageInOrder(call, newestFirst, (invitation) => invitationView(call, invitation));
}

/** Invites by e-mail into the organization that the request names. Somebody with an account is a member at once. */
function create(call: UserCall): Answer {
  const { organization } = call;
  if (organization == null || !mayManageMembers(call, organization.id)) throw forbidden();
  const body = jsonFields(call.request);
  const email = requiredText(body, 'email', { max: 254 });
  if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) throw refuseFields({ email: ['Enter a valid email address.'] });
  const role = givenRole(body['role'] ?? 'worker');
  const known = [...call.state.users.values()].find((user) => user.email === email);
  const user = known ?? stranger(call, email);
  if (membershipsOf(call.state, organization.id).some((membership) => membership.userId === user.id)) {
    throw refuseList('The user is a member of the organization already.');
  }
  const order = { user, organizationId: organization.id, role, ownerId: call.user.id };
  const invitation = invite(call.state, { ...order, isAccepted: known !== undefined });
  announce(call.state, { action: 'create', kind: 'membership', id: invitation.membershipId });
  announce(call.state, { action: 'create', kind: 'invitation', id: invitation.key });
  return json(201, invitationView(call, invitation));
}

/** An account for an address that is not known yet; nobody knows its password. */
function stranger(call: UserCall, email: string): User {
  const username = email.slice(0, email.indexOf('@'));
  return addUser(call.state, { username, email, password: call.state.random.letters(32) });
}

function accept(call: UserCall): Answer {
  const { membership } = addressed(call);
  if (membership.isActive) return json(400, 'Your invitation is already accepted.');
  acceptInvitation(call.state, membership);
  const slug = call.state.organizations.get(membership.organizationId)?.slug;
  return json(200, { organization_slug: slug });
}

interface Invited {
  readonly invitation: Invitation;
  readonly membership: Membership;
}

/** The invitation of the user who asks. */
function addressed(call: UserCall): Invited {
  const invited = invitedOf(call);
  if (invited.membership.userId !== call.user.id) throw forbidden();
  return invited;
}

function visible(call: UserCall): Invited {
  const invited = invitedOf(call);
  const isOwn = invited.membership.userId === call.user.id;
  if (!isOwn && !mayManageMembers(call, invited.membership.organizationId)) throw forbidden();
  return invited;
}

function invitedOf(call: UserCall): Invited {
  const invitation = call.state.invitations.get(call.params['key'] ?? '');
  const membership = call.state.memberships.get(invitation?.membershipId ?? 0);
  if (invitation === undefined || membership === undefined) throw notFound('Invitation');
  return { invitation, membership };
}
