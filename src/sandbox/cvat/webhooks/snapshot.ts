import { issueView, commentView } from '../answers/issue-views.ts';
import { jobView } from '../answers/job-views.ts';
import { invitationView, membershipView } from '../answers/member-views.ts';
import { organizationView, projectView, taskView } from '../answers/views.ts';
import type { Actor, Change, ChangedKind } from '../state/changes.ts';
import type { CvatState } from '../state/cvat-state.ts';
import type { Job, Project, Task } from '../state/entities.ts';
import { jobStatus } from '../state/jobs.ts';
import { recordedOddities } from './oddities.ts';

export type Values = Readonly<Record<string, unknown>>;

/** Where a thing belongs: webhooks of that project or organization hear of it. */
export interface Place {
  readonly projectId: number | null;
  readonly organizationId: number | null;
}

/** A thing as it was at a moment. */
export interface Snapshot extends Place {
  /** As messages show it. */
  readonly view: Values;
  /** What the newer version compares, by the names of the database's columns. */
  readonly columns: Values;
}

/** Shows a thing as the message of a change does; undefined if there is none such. */
export function snapshot(state: CvatState, change: Change, actor: Actor | undefined): Snapshot | undefined {
  const taken = take(state, change, actor);
  return taken === undefined ? undefined : { ...taken, view: recordedOddities(state, change, actor, taken.view) };
}

function take(state: CvatState, change: Change, actor: Actor | undefined): Snapshot | undefined {
  const id = Number(change.id);
  const scene = { state, origin: actor?.isWorker === false ? actor.origin : '' };
  const sees = (item: Project | Task): boolean => actor?.sees(item) ?? false;
  const takers: Partial<Record<ChangedKind, () => Snapshot | undefined>> = {
    project() {
      const project = state.projects.get(id);
      return project && of(projectView(scene, project), projectColumns(project), placeOf(project));
    },
    task() {
      const task = state.tasks.get(id);
      if (task === undefined) return undefined;
      const project = task.projectId === null ? undefined : state.projects.get(task.projectId);
      const view = taskView(scene, task, project !== undefined && sees(project));
      return of(view, taskColumns(task, view), placeOf(task));
    },
    job() {
      const job = state.jobs.get(id);
      const task = state.tasks.get(job?.taskId ?? 0);
      if (job === undefined || task === undefined) return undefined;
      return of(jobView(scene, job, task, sees(task)), jobColumns(job), placeOf(task));
    },
    issue() {
      const issue = state.issues.get(id);
      if (issue === undefined) return undefined;
      const columns = { updated_date: issue.updated, assignee_id: issue.assigneeId, resolved: issue.resolved };
      const position = JSON.stringify(issue.position);
      return of(issueView(scene, issue), { ...columns, position }, jobPlace(state, issue.jobId));
    },
    comment() {
      const comment = state.comments.get(id);
      if (comment === undefined) return undefined;
      const columns = { updated_date: comment.updated, message: comment.message };
      const jobId = state.issues.get(comment.issueId)?.jobId ?? 0;
      return of(commentView(scene, comment), columns, jobPlace(state, jobId));
    },
    organization() {
      const organization = state.organizations.get(id);
      if (organization === undefined) return undefined;
      const { updated: updated_date, name, description } = organization;
      const place = { projectId: null, organizationId: organization.id };
      return of(organizationView(scene, organization), { updated_date, name, description }, place);
    },
    membership() {
      const membership = state.memberships.get(id);
      if (membership === undefined) return undefined;
      const { organizationId, role } = membership;
      return of(membershipView(scene, membership), { role }, { projectId: null, organizationId });
    },
    invitation() {
      const invitation = state.invitations.get(String(change.id));
      const membership = state.memberships.get(invitation?.membershipId ?? 0);
      if (invitation === undefined || membership === undefined) return undefined;
      const { organizationId } = membership;
      return of(invitationView(scene, invitation), {}, { projectId: null, organizationId });
    },
  };
  return takers[change.kind]?.();
}

function of(view: object, columns: Values, place: Place): Snapshot {
  return { view: Object.fromEntries(Object.entries(view)), columns, ...place };
}

function placeOf(item: Project | Task): Place {
  const projectId = 'projectId' in item ? item.projectId : item.id;
  return { projectId, organizationId: item.organizationId };
}

function jobPlace(state: CvatState, jobId: number): Place {
  const task = state.tasks.get(state.jobs.get(jobId)?.taskId ?? 0);
  return task === undefined ? { projectId: null, organizationId: null } : placeOf(task);
}

function projectColumns(project: Project): Values {
  return {
    updated_date: project.updated,
    name: project.name,
    assignee_id: project.assigneeId,
    bug_tracker: project.bugTracker,
  };
}

/** @param view which says how the frames are kept */
function taskColumns(task: Task, view: object): Values {
  const { dimension, mode, media_type } = Object.fromEntries(Object.entries(view));
  return {
    updated_date: task.updated,
    name: task.name,
    assignee_id: task.assigneeId,
    bug_tracker: task.bugTracker,
    overlap: task.overlap,
    segment_size: task.segmentSize,
    status: task.status,
    data_id: task.data?.id ?? task.dataId,
    dimension,
    mode,
    media_type,
    subset: task.subset,
  };
}

function jobColumns(job: Job): Values {
  return {
    updated_date: job.updated,
    assignee_id: job.assigneeId,
    assignee_updated_date: job.assigneeUpdated,
    status: jobStatus(job),
    stage: job.stage,
    state: job.state,
  };
}
