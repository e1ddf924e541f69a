import { empty, json, type Answer } from '../answers/answer.ts';
import { pageInOrder } from '../answers/paging.ts';
import { forbidden, notFound, refuseCrash } from '../answers/refusal.ts';
import { labelView } from '../answers/views.ts';
import type { Label, Project, Task } from '../state/entities.ts';
import { colorOf, projectLabels, taskLabels } from '../state/labels.ts';
import { touchLabels } from '../state/projects.ts';
import { saveTask } from '../state/tasks.ts';
import { inContext, isListed, maySeeJob, mayUse } from './access.ts';
import { jsonFields } from './body.ts';
import type { UserCall } from './call.ts';
import { onlyFields, textField } from './fields.ts';
import { passes } from './list-query.ts';
import type { Register } from './resource.ts';

export function labelRoutes(register: Register): void {
  register.users('/api/labels', {
    GET: (call) => {
      const found = labelsOf(call).filter((label) =>
        passes(call.query, { terms: { name: label.name, type: label.type }, searched: [label.name] }),
      );
      // Unlike all other lists, labels come in the order in which they were made.
      return pageInOrder(call, call.query.get('sort') === '-id' ? found.toReversed() : found, labelView);
    },
  });
  register.users('/api/labels/:id', {
    GET: (call) => json(200, labelView(theLabel(call).label)),
    PATCH: rename,
    DELETE: (call) => {
      const { label, owner } = theLabel(call);
      call.state.labels.delete(label.id);
      if ('segmentSize' in owner) saveTask(call.state, owner);
      else touchLabels(call.state, owner);
      return empty(204);
    },
  });
}

/** Labels of the project, task or job that the query names; CVAT falls over if there is none such. */
function labelsOf(call: UserCall): readonly Label[] {
  const { state, query } = call;
  const id = (name: string): number | undefined => (query.has(name) ? Number(query.get(name)) : undefined);
  const jobId = id('job_id');
  if (jobId !== undefined) {
    const job = state.jobs.get(jobId);
    const task = job === undefined ? undefined : state.tasks.get(job.taskId);
    if (job === undefined || task === undefined) throw refuseCrash();
    return maySeeJob(call, job) ? taskLabels(state, task) : [];
  }
  const taskId = id('task_id');
  if (taskId !== undefined) {
    const task = state.tasks.get(taskId);
    if (task === undefined) throw refuseCrash();
    return mayUse(call, task) ? taskLabels(state, task) : [];
  }
  const projectId = id('project_id');
  if (projectId !== undefined) {
    const project = state.projects.get(projectId);
    if (project === undefined) throw refuseCrash();
    if (state.version === '2.54.1' && !inContext(call, project.organizationId)) return [];
    return mayUse(call, project) ? projectLabels(state, projectId) : [];
  }
  return [...state.labels.values()].filter((label) => {
    const owner = ownerOf(call, label);
    return owner !== undefined && isListed(call, owner);
  });
}

function rename(call: UserCall): Answer {
  const { label, owner } = theLabel(call);
  const body = jsonFields(call.request);
  onlyFields(body, ['name', 'color', 'type', 'attributes']);
  const name = textField(body, 'name', { max: 64 });
  const color = textField(body, 'color', { max: 8, blank: true });
  if (name !== undefined && name !== label.name) {
    label.name = name;
    label.color = colorOf(name);
  }
  if (color !== undefined && color !== '') label.color = color;
  if ('segmentSize' in owner) saveTask(call.state, owner);
  else touchLabels(call.state, owner);
  return json(200, labelView(label));
}

function theLabel(call: UserCall): { label: Label; owner: Project | Task } {
  const label = call.state.labels.get(Number(call.params['id']));
  const owner = label === undefined ? undefined : ownerOf(call, label);
  if (label === undefined || owner === undefined) throw notFound('Label');
  if (!mayUse(call, owner)) throw forbidden();
  return { label, owner };
}

function ownerOf(call: UserCall, label: Label): Project | Task | undefined {
  if (label.projectId !== null) return call.state.projects.get(label.projectId);
  return call.state.tasks.get(label.taskId ?? 0);
}
