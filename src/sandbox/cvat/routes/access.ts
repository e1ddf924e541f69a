import { forbidden, notFound, refuseDetail } from '../answers/refusal.ts';
import type { Job, Project, Task } from '../state/entities.ts';
import type { UserCall } from './call.ts';

/** May the user read and change this project, task and their like? Owners, assignees, managers of the organization, admins. */
export function mayUse(call: UserCall, item: Project | Task): boolean {
  const { user } = call;
  if (user.isAdmin || item.ownerId === user.id || item.assigneeId === user.id) return true;
  if (managesOrganization(call, item.organizationId)) return true;
  const project = 'projectId' in item && item.projectId !== null ? call.state.projects.get(item.projectId) : undefined;
  return project !== undefined && mayUse(call, project);
}

/** Managers see everything of their organization, but only when they name it. */
export function managesOrganization(call: UserCall, organizationId: number | null): boolean {
  const named = call.organization;
  if (organizationId === null || named == null || named.id !== organizationId) return false;
  const role = named.members.get(call.user.id);
  return role === 'owner' || role === 'maintainer';
}

/** @throws Refusal 403 for a mere worker of the organization that the request names */
export function checkMayCreate(call: UserCall): void {
  const role = call.organization?.members.get(call.user.id);
  if (role === 'worker' && !call.user.isAdmin) throw forbidden();
}

/** @throws Refusal 403 for somebody who may use it as its assignee only */
export function checkMayDelete(call: UserCall, item: Project | Task): void {
  if (!mayUse(call, { ...item, assigneeId: null })) throw forbidden();
}

/** True if the user may change stage and assignee of a job, not just work on it. */
export function managesJob(call: UserCall, job: Job): boolean {
  const task = call.state.tasks.get(job.taskId);
  return task !== undefined && mayUse(call, task);
}

export function maySeeJob(call: UserCall, job: Job): boolean {
  const task = call.state.tasks.get(job.taskId);
  if (task === undefined) return false;
  return mayUse(call, task) || job.assigneeId === call.user.id;
}

/** Lists show what the user may use, of the organization that the request names. */
export function isListed(call: UserCall, item: Project | Task): boolean {
  return inContext(call, item.organizationId) && mayUse(call, item);
}

export function isJobListed(call: UserCall, job: Job): boolean {
  const task = call.state.tasks.get(job.taskId);
  return task !== undefined && inContext(call, task.organizationId) && maySeeJob(call, job);
}

/** Is it of the organization that the request names, if it names one? */
export function inContext(call: UserCall, organizationId: number | null): boolean {
  return call.organization === undefined || (call.organization?.id ?? null) === organizationId;
}

/** @throws Refusal 404 in fewer words for what is no number */
function idNumber(id: string): number {
  if (!/^\d+$/.test(id)) throw refuseDetail(404, 'Not found.');
  return Number(id);
}

/** @throws Refusal 404 if there is none, 403 if it is not the user's */
export function theProject(call: UserCall, id = call.params['id'] ?? ''): Project {
  const project = call.state.projects.get(idNumber(id));
  if (project === undefined) throw notFound('Project');
  if (!mayUse(call, project)) throw forbidden();
  return project;
}

/** @throws Refusal 404 if there is none, 403 if it is not the user's */
export function theTask(call: UserCall, id = call.params['id'] ?? ''): Task {
  const task = call.state.tasks.get(idNumber(id));
  if (task === undefined) throw notFound('Task');
  if (!mayUse(call, task)) throw forbidden();
  return task;
}

/** @throws Refusal 404 if there is none, 403 if it is not the user's */
export function theJob(call: UserCall, id = call.params['id'] ?? ''): Job {
  const job = call.state.jobs.get(idNumber(id));
  if (job === undefined) throw notFound('Job');
  if (!maySeeJob(call, job)) throw forbidden();
  return job;
}

/** The task of a job, which outlives none of its jobs. */
export function taskOf(call: UserCall, job: Job): Task {
  const task = call.state.tasks.get(job.taskId);
  if (task === undefined) throw notFound('Task');
  return task;
}
