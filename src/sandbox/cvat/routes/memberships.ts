import { empty, json, type Answer } from '../answers/answer.ts';
import { membershipView } from '../answers/member-views.ts';
import { pageOf } from '../answers/paging.ts';
import { forbidden, notFound, refuseFields } from '../answers/refusal.ts';
import { announce } from '../state/changes.ts';
import { changeRole, endMembership } from '../state/members.ts';
import type { Membership } from '../state/webhook-entities.ts';
import { asText, jsonFields } from './body.ts';
import type { UserCall } from './call.ts';
import { onlyFields } from './fields.ts';
import { passes } from './list-query.ts';
import type { Register } from './resource.ts';

/** Roles that can be given; there is one owner. */
export const GIVEN_ROLES = ['worker', 'supervisor', 'maintainer'] as const;
export type GivenRole = (typeof GIVEN_ROLES)[number];

export function membershipRoutes(register: Register): void {
  register.users('/api/memberships', { GET: list });
  register.users('/api/memberships/:id', {
    GET: (call) => json(200, membershipView(call, theMembership(call))),
    PATCH: change,
    DELETE: (call) => {
      const membership = managed(call);
      const { id } = membership;
      announce(call.state, { action: 'delete', kind: 'membership', id });
      endMembership(call.state, membership);
      return empty(204);
    },
  });
}

/** Members of the organization that the request names, or of all that the user is in. */
function list(call: UserCall): Answer {
  const found = [...call.state.memberships.values()].filter((membership) => {
    const username = call.state.users.get(membership.userId)?.username ?? null;
    const isHere = call.organization == null || call.organization.id === membership.organizationId;
    const terms = { id: membership.id, role: membership.role, user: username };
    return (
      isHere && isVisible(call, membership) && passes(call.query, { terms, searched: [username, membership.role] })
    );
  });
  return pageOf(call, found, (membership) => membershipView(call, membership));
}

function isVisible(call: UserCall, membership: Membership): boolean {
  const organization = call.state.organizations.get(membership.organizationId);
  return call.user.isAdmin || organization?.members.has(call.user.id) === true || membership.userId === call.user.id;
}

function change(call: UserCall): Answer {
  const membership = managed(call);
  const body = jsonFields(call.request);
  onlyFields(body, ['role']);
  const role = givenRole(body['role'] ?? membership.role);
  changeRole(call.state, membership, role);
  announce(call.state, { action: 'update', kind: 'membership', id: membership.id, isAddressed: true });
  return json(200, membershipView(call, membership));
}

/** @throws Refusal 400 for another word */
export function givenRole(value: unknown): GivenRole {
  const role = GIVEN_ROLES.find((candidate) => candidate === value);
  if (role === undefined) throw refuseFields({ role: [`"${asText(value)}" is not a valid choice.`] });
  return role;
}

/** A membership that the user may change or end: never the owner's; one's own may be ended by oneself. */
function managed(call: UserCall): Membership {
  const membership = theMembership(call);
  if (membership.role === 'owner') throw forbidden();
  const isOwn = membership.userId === call.user.id && call.request.method === 'DELETE';
  if (!isOwn && !mayManageMembers(call, membership.organizationId)) throw forbidden();
  return membership;
}

export function mayManageMembers(call: UserCall, organizationId: number): boolean {
  if (call.user.isAdmin) return true;
  const role = call.state.organizations.get(organizationId)?.members.get(call.user.id);
  return role === 'owner' || role === 'maintainer';
}

function theMembership(call: UserCall): Membership {
  const membership = call.state.memberships.get(Number(call.params['id']));
  if (membership === undefined) throw notFound('Membership');
  if (!isVisible(call, membership)) throw forbidden();
  return membership;
}
