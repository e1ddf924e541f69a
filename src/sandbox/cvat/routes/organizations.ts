import { empty, json, type Answer } from '../answers/answer.ts';
import { pageOf } from '../answers/paging.ts';
import { forbidden, notFound, refuseFields, unknownField } from '../answers/refusal.ts';
import { organizationView } from '../answers/views.ts';
import { announce } from '../state/changes.ts';
import type { Organization } from '../state/entities.ts';
import { deleteOrganization } from '../state/organizations.ts';
import { addOrganization } from '../state/users.ts';
import { jsonFields } from './body.ts';
import type { UserCall } from './call.ts';
import { onlyFields, requiredText, textField } from './fields.ts';
import { passes } from './list-query.ts';
import { mayManageMembers } from './memberships.ts';
import type { Register } from './resource.ts';

export function organizationRoutes(register: Register): void {
  register.users('/api/organizations', {
    GET: (call) => {
      const found = [...call.state.organizations.values()].filter(
        (organization) => isVisible(call, organization) && passes(call.query, listed(organization)),
      );
      return pageOf(call, found, (organization) => organizationView(call, organization));
    },
    POST: create,
  });
  register.users('/api/organizations/:id', {
    GET: (call) => json(200, organizationView(call, theOrganization(call))),
    PATCH: change,
    DELETE: (call) => {
      const organization = theOrganization(call);
      if (!call.user.isAdmin && organization.ownerId !== call.user.id) throw forbidden();
      deleteOrganization(call.state, organization);
      return empty(204);
    },
  });
}

function theOrganization(call: UserCall): Organization {
  const organization = call.state.organizations.get(Number(call.params['id']));
  if (organization === undefined) throw notFound('Organization');
  if (!isVisible(call, organization)) throw forbidden();
  return organization;
}

function change(call: UserCall): Answer {
  const organization = theOrganization(call);
  if (!mayManageMembers(call, organization.id)) throw forbidden();
  const body = jsonFields(call.request);
  onlyFields(body, ['name', 'description', 'contact', 'slug']);
  if (body['slug'] !== undefined && body['slug'] !== organization.slug) throw unknownField();
  organization.name = textField(body, 'name', { max: 64, blank: true }) ?? organization.name;
  organization.description = textField(body, 'description', { max: 10_000, blank: true }) ?? organization.description;
  organization.updated = call.state.stamp();
  announce(call.state, { action: 'update', kind: 'organization', id: organization.id, isAddressed: true });
  return json(200, organizationView(call, organization));
}

function isVisible(call: UserCall, organization: Organization): boolean {
  return call.user.isAdmin || organization.members.has(call.user.id);
}

function listed(organization: Organization) {
  return {
    terms: { id: organization.id, slug: organization.slug, name: organization.name },
    searched: [organization.slug, organization.name],
  };
}

function create(call: UserCall) {
  const body = jsonFields(call.request);
  const slug = requiredText(body, 'slug', { max: 16 });
  if (!/^[-\w]+$/.test(slug)) {
    throw refuseFields({
      slug: ['Enter a valid "slug" consisting of letters, numbers, underscores or hyphens.'],
    });
  }
  if ([...call.state.organizations.values()].some((organization) => organization.slug === slug)) {
    throw refuseFields({ slug: ['organization with this slug already exists.'] });
  }
  const organization = addOrganization(call.state, {
    slug,
    name: textField(body, 'name', { max: 64, blank: true }) ?? slug,
    description: textField(body, 'description', { max: 10_000, blank: true }) ?? '',
    ownerId: call.user.id,
  });
  return json(201, organizationView(call, organization));
}
