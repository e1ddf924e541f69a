import type { CvatState } from './cvat-state.ts';
import type { Project, Task } from './entities.ts';
import { taskJobs } from './jobs.ts';
import { projectLabels } from './labels.ts';
import { deleteTask } from './tasks.ts';

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
  return added;
}

export function projectTasks(state: CvatState, projectId: number): Task[] {
  return [...state.tasks.values()].filter((task) => task.projectId === projectId);
}

/** Deletes a project with its labels, tasks and jobs. */
export function deleteProject(state: CvatState, project: Project): void {
  for (const task of projectTasks(state, project.id)) deleteTask(state, task);
  for (const label of projectLabels(state, project.id)) state.labels.delete(label.id);
  state.projects.delete(project.id);
}

/** A change of labels counts as a change of the project, its tasks and all their jobs. */
export function touchLabels(state: CvatState, project: Project): void {
  project.updated = state.stamp();
  for (const task of projectTasks(state, project.id)) {
    task.updated = state.stamp();
    for (const job of taskJobs(state, task.id)) job.updated = state.stamp();
  }
}
