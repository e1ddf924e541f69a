import { empty, json, type Answer } from '../answers/answer.ts';
import { pageOf } from '../answers/paging.ts';
import { refuseCrash } from '../answers/refusal.ts';
import { projectView } from '../answers/views.ts';
import type { Project } from '../state/entities.ts';
import { addProject, deleteProject, saveProject, touchLabels } from '../state/projects.ts';
import { checkMayCreate, checkMayDelete, isListed, theProject } from './access.ts';
import { jsonFields } from './body.ts';
import type { UserCall } from './call.ts';
import { idField, onlyFields, requiredText, textField } from './fields.ts';
import { applyLabels, labelInputs } from './label-input.ts';
import { passes, type Listed } from './list-query.ts';
import type { Register } from './resource.ts';

const CHANGEABLE = ['name', 'labels', 'bug_tracker', 'assignee_id', 'owner_id', 'target_storage', 'source_storage'];

export function projectRoutes(register: Register): void {
  register.users('/api/projects', {
    GET: (call) => {
      const found = [...call.state.projects.values()].filter(
        (project) => isListed(call, project) && passes(call.query, listed(call, project)),
      );
      return pageOf(call, found, (project) => projectView(call, project));
    },
    POST: create,
  });
  register.users('/api/projects/:id', {
    GET: (call) => json(200, projectView(call, theProject(call))),
    PATCH: change,
    DELETE: (call) => {
      const project = theProject(call);
      checkMayDelete(call, project);
      deleteProject(call.state, project);
      return empty(204);
    },
  });
}

function listed(call: UserCall, project: Project): Listed {
  const owner = call.state.users.get(project.ownerId)?.username ?? null;
  const assignee = project.assigneeId === null ? null : (call.state.users.get(project.assigneeId)?.username ?? null);
  return {
    terms: { id: project.id, name: project.name, owner, assignee, status: 'annotation' },
    searched: [project.name, owner, assignee, 'annotation'],
  };
}

function create(call: UserCall): Answer {
  checkMayCreate(call);
  const body = jsonFields(call.request);
  const labels = labelInputs(body);
  const project = addProject(call.state, {
    name: requiredText(body, 'name', { max: 256 }),
    bugTracker: textField(body, 'bug_tracker', { max: 2000, blank: true }) ?? '',
    ownerId: call.user.id,
    organizationId: call.organization?.id ?? null,
  });
  applyLabels(call.state, project.id, labels);
  return json(201, projectView(call, project), { location: `${call.origin}/api/projects/${project.id}` });
}

function change(call: UserCall): Answer {
  const project = theProject(call);
  const body = jsonFields(call.request);
  onlyFields(body, CHANGEABLE);
  const labels = labelInputs(body);
  const name = textField(body, 'name', { max: 256 });
  const bugTracker = textField(body, 'bug_tracker', { max: 2000, blank: true });
  const assigneeId = idField(body, 'assignee_id');
  if (assigneeId != null && !call.state.users.has(assigneeId)) throw refuseCrash();
  applyLabels(call.state, project.id, labels);
  project.name = name ?? project.name;
  project.bugTracker = bugTracker ?? project.bugTracker;
  if (assigneeId !== undefined && assigneeId !== project.assigneeId) {
    project.assigneeId = assigneeId;
    project.assigneeUpdated = call.state.stamp();
  }
  if (labels.length > 0) touchLabels(call.state, project);
  else saveProject(call.state, project);
  return json(200, projectView(call, project));
}
