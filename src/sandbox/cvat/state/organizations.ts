import { prepare } from './changes.ts';
import type { CvatState } from './cvat-state.ts';
import type { Organization } from './entities.ts';
import { endMembership, membershipsOf } from './members.ts';
import { deleteProject } from './projects.ts';
import { deleteTask } from './tasks.ts';
import { deleteWebhook } from './webhooks.ts';

/** Deletes an organization with everything in it. */
export function deleteOrganization(state: CvatState, organization: Organization): void {
  const tell = prepare(state, { action: 'delete', kind: 'organization', id: organization.id });
  const isIn = (item: { organizationId: number | null }): boolean => item.organizationId === organization.id;
  for (const project of [...state.projects.values()].filter(isIn)) deleteProject(state, project);
  for (const task of [...state.tasks.values()].filter(isIn)) deleteTask(state, task);
  for (const membership of membershipsOf(state, organization.id)) endMembership(state, membership);
  tell();
  for (const webhook of [...state.webhooks.values()].filter(isIn)) deleteWebhook(state, webhook);
  state.organizations.delete(organization.id);
}
