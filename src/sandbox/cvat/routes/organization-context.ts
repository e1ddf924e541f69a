import type { FastifyRequest } from 'fastify';
import { forbidden, refuseDetail, refuseList } from '../answers/refusal.ts';
import type { CvatState } from '../state/cvat-state.ts';
import type { User } from '../state/entities.ts';
import type { OrganizationContext } from './call.ts';

/**
 * Reads `X-Organization`, `org` or `org_id`. Who addresses a thing by its id need not be a member: the thing's own
 * organization counts there.
 *
 * @throws Refusal 400 if they contradict each other, 404 for an unknown organization, 403 for one the user is not in
 */
export function organizationContext(
  state: CvatState,
  user: User,
  request: FastifyRequest,
  query: URLSearchParams,
): OrganizationContext {
  const header = headerText(request.headers['x-organization']);
  const org = query.get('org');
  const orgId = query.get('org_id');
  if (header !== null && org !== null && header !== org) {
    throw refuseList(
      'You cannot specify "org" query parameter and "X-Organization" HTTP header with different values.',
    );
  }
  const slug = header ?? org;
  if (orgId !== null && slug !== null) {
    throw refuseList(
      'You cannot specify "org_id" query parameter with "org" query parameter or "X-Organization" HTTP header at the same time.',
    );
  }
  if (slug === null && orgId === null) return undefined;
  if (slug === '' || orgId === '') return null;
  const organization = [...state.organizations.values()].find((candidate) =>
    slug === null ? String(candidate.id) === orgId : candidate.slug === slug,
  );
  if (organization === undefined) throw refuseDetail(404, `${slug ?? orgId ?? ''} organization does not exist.`);
  const isAddressed = typeof request.params === 'object' && request.params !== null && 'id' in request.params;
  if (!isAddressed && !user.isAdmin && !organization.members.has(user.id)) throw forbidden();
  return organization;
}

function headerText(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
}
