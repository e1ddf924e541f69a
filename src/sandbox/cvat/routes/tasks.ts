import { empty, json, type Answer } from '../answers/answer.ts';
import { pageOf } from '../answers/paging.ts';
import { forbidden, refuseCrash, refuseFields, refuseList } from '../answers/refusal.ts';
import { modeOf, taskView } from '../answers/views.ts';
import { refresh } from '../state/changes.ts';
import type { Project, Task } from '../state/entities.ts';
import { addLabel } from '../state/labels.ts';
import { addTask, deleteTask, saveTask, touchProject } from '../state/tasks.ts';
import { checkMayCreate, checkMayDelete, isListed, mayUse, theTask } from './access.ts';
import { jsonFields, type Fields } from './body.ts';
import type { UserCall } from './call.ts';
import { idField, onlyFields, requiredText, textField } from './fields.ts';
import { labelInputs } from './label-input.ts';
import { passes, type Listed } from './list-query.ts';
import type { Register } from './resource.ts';

const CHANGEABLE = ['name', 'bug_tracker', 'subset', 'assignee_id', 'owner_id'];

export function taskRoutes(register: Register): void {
  register.users('/api/tasks', {
    GET: (call) => {
      const found = [...call.state.tasks.values()].filter(
        (task) => isListed(call, task) && passes(call.query, listed(call, task)),
      );
      return pageOf(call, found, (task) => taskView(call, task, seesProject(call, task)));
    },
    POST: create,
  });
  register.users('/api/tasks/:id', {
    GET: (call) => show(call, theTask(call)),
    PATCH: change,
    DELETE: (call) => {
      const task = theTask(call);
      checkMayDelete(call, task);
      deleteTask(call.state, task);
      return empty(204);
    },
  });
}

function show(call: UserCall, task: Task): Answer {
  return json(200, taskView(call, task, seesProject(call, task)));
}

function projectOf(call: UserCall, task: Task): Project | undefined {
  return task.projectId === null ? undefined : call.state.projects.get(task.projectId);
}

function seesProject(call: UserCall, task: Task): boolean {
  const project = projectOf(call, task);
  return project !== undefined && mayUse(call, project);
}

function listed(call: UserCall, task: Task): Listed {
  const nameOf = (id: number | null): string | null =>
    id === null ? null : (call.state.users.get(id)?.username ?? null);
  const project = projectOf(call, task)?.name ?? null;
  const [owner, assignee] = [nameOf(task.ownerId), nameOf(task.assigneeId)];
  const mode = modeOf(task);
  return {
    terms: {
      id: task.id,
      name: task.name,
      project_id: task.projectId,
      project_name: project,
      owner,
      assignee,
      status: task.status,
      subset: task.subset,
      mode,
    },
    searched: [task.name, project, owner, assignee, task.status, task.subset, mode, task.bugTracker],
  };
}

function create(call: UserCall): Answer {
  checkMayCreate(call);
  const body = jsonFields(call.request);
  const name = requiredText(body, 'name', { max: 256 });
  const labels = labelInputs(body);
  const projectId = idField(body, 'project_id') ?? null;
  if (projectId !== null && labels.length > 0) throw refuseList('Task must have only one of Label set or project_id');
  const consensusReplicas = replicas(body);
  const organizationId = call.organization?.id ?? null;
  if (projectId !== null) checkProject(call, projectId, organizationId);
  const task = addTask(call.state, {
    name,
    projectId,
    organizationId,
    bugTracker: textField(body, 'bug_tracker', { max: 2000, blank: true }) ?? '',
    subset: textField(body, 'subset', { max: 64, blank: true }) ?? '',
    ownerId: call.user.id,
    segmentSize: count(body, 'segment_size') ?? 0,
    overlap: count(body, 'overlap') ?? null,
    consensusReplicas,
  });
  for (const label of labels) addLabel(call.state, { taskId: task.id }, label);
  return json(201, taskView(call, task), { location: `${call.origin}/api/tasks/${task.id}` });
}

function checkProject(call: UserCall, projectId: number, organizationId: number | null): void {
  const project = call.state.projects.get(projectId);
  if (project === undefined) throw refuseList('Project matching query does not exist.');
  if (project.organizationId !== organizationId) {
    throw refuseList('The task and its project should be in the same organization.');
  }
  if (!mayUse(call, project)) throw forbidden();
}

function replicas(body: Fields): number {
  const number = idField(body, 'consensus_replicas') ?? 0;
  if (number === 0 || (number > 1 && number < 12)) return number;
  const rule = 'Consensus replicas must be 0 or a positive number more than 1 and less than 12';
  throw refuseFields({ consensus_replicas: [`${rule}, got ${number}`] });
}

function count(body: Fields, name: string): number | null | undefined {
  const value = idField(body, name);
  if (value != null && value < 0) {
    throw refuseFields({ [name]: ['Ensure this value is greater than or equal to 0.'] });
  }
  return value;
}

function change(call: UserCall): Answer {
  const task = theTask(call);
  const body = jsonFields(call.request);
  onlyFields(body, CHANGEABLE);
  const name = textField(body, 'name', { max: 256 }) ?? task.name;
  const bugTracker = textField(body, 'bug_tracker', { max: 2000, blank: true }) ?? task.bugTracker;
  const subset = textField(body, 'subset', { max: 64, blank: true }) ?? task.subset;
  const assigneeId = idField(body, 'assignee_id');
  for (const id of [assigneeId, idField(body, 'owner_id')]) {
    if (id != null && !call.state.users.has(id)) throw refuseCrash();
  }
  const isSame = name === task.name && bugTracker === task.bugTracker && subset === task.subset;
  const kept = task.assigneeUpdated;
  let assigneeUpdated = kept;
  const isReassigned = assigneeId !== undefined && assigneeId !== task.assigneeId;
  Object.assign(task, { name, bugTracker, subset });
  if (isReassigned) {
    task.assigneeId = assigneeId;
    assigneeUpdated = call.state.stamp();
  }
  // The time is in this answer, in the older version's message too, and is kept by neither.
  if (call.state.version === '2.54.1') task.assigneeUpdated = assigneeUpdated;
  // The same values again count as a change of the project only.
  if (!isSame || isReassigned) saveTask(call.state, task, true);
  task.assigneeUpdated = kept;
  refresh(call.state, 'task', task.id);
  touchProject(call.state, task);
  return show(call, { ...task, assigneeUpdated });
}
