import type { Invitation, Membership } from '../state/webhook-entities.ts';
import { basicUser, type Scene } from './views.ts';

export function membershipView(scene: Scene, membership: Membership): object {
  return {
    id: membership.id,
    user: basicUser(scene, membership.userId),
    organization: membership.organizationId,
    is_active: membership.isActive,
    joined_date: membership.joined,
    role: membership.role,
    invitation: membership.invitationKey,
  };
}

export function invitationView(scene: Scene, invitation: Invitation): object {
  const membership = scene.state.memberships.get(invitation.membershipId);
  const organization = scene.state.organizations.get(membership?.organizationId ?? 0);
  return {
    key: invitation.key,
    created_date: invitation.created,
    owner: basicUser(scene, invitation.ownerId),
    role: membership?.role,
    user: basicUser(scene, membership?.userId ?? null),
    organization: organization?.id,
    expired: null,
    ...(scene.state.version === '2.54.1' ? {} : { accepted: membership?.isActive }),
    organization_info: { id: organization?.id, slug: organization?.slug },
  };
}
