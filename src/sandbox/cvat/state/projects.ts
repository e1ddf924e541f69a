import { announce, prepare, refresh } from './changes.ts';
import type { CvatState } from './cvat-state.ts';
import type { Project, Task } from './entities.ts';
import { taskJobs } from './jobs.ts';
import { projectLabels } from './labels.ts';
import { deleteTask } from './tasks.ts';
import { deleteWebhook } from './webhooks.ts';

export function addProject(
  state: CvatState,
  project: { name: string; bugTracker: string; ownerId: number; organizationId: number | null },
): Project {
  const added: Project = {
    ...project,
    id: state.nextId('project'),
    created: state.stamp(),
    updated: state.stamp(),
    assigneeId: null,
    assigneeUpdated: null,
  };
  state.projects.set(added.id, added);
  announce(state, { action: 'create', kind: 'project', id: added.id });
  return added;
}

export function projectTasks(state: CvatState, projectId: number): Task[] {
  return [...state.tasks.values()].filter((task) => task.projectId === projectId);
}

/** Deletes a project with its labels, tasks and jobs. */
export function deleteProject(state: CvatState, project: Project): void {
  const tell = prepare(state, { action: 'delete', kind: 'project', id: project.id });
  // Deleted first, so that its tasks do not count as changes of it.
  state.projects.delete(project.id);
  for (const task of projectTasks(state, project.id)) deleteTask(state, task);
  for (const label of projectLabels(state, project.id)) state.labels.delete(label.id);
  tell();
  for (const webhook of state.webhooks.values()) if (webhook.projectId === project.id) deleteWebhook(state, webhook);
}

/** A change of labels counts as a change of the project, and of its tasks and all their jobs at one time; only the project's is told. */
export function touchLabels(state: CvatState, project: Project): void {
  saveProject(state, project);
  const { updated } = project;
  for (const task of projectTasks(state, project.id)) {
    task.updated = updated;
    refresh(state, 'task', task.id);
    for (const job of taskJobs(state, task.id)) {
      job.updated = updated;
      refresh(state, 'job', job.id);
    }
  }
}

export function saveProject(state: CvatState, project: Project): void {
  project.updated = state.stamp();
  announce(state, { action: 'update', kind: 'project', id: project.id, isAddressed: true });
}
