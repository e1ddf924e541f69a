import type { CvatState } from './cvat-state.ts';
import type { Frame, Task } from './entities.ts';
import { addJob, taskJobs } from './jobs.ts';
import { segments } from './segments.ts';

export interface NewTask {
  readonly name: string;
  readonly bugTracker: string;
  readonly subset: string;
  readonly projectId: number | null;
  readonly ownerId: number;
  readonly organizationId: number | null;
  readonly segmentSize: number;
  readonly overlap: number | null;
}

export function addTask(state: CvatState, task: NewTask): Task {
  const added: Task = {
    ...task,
    id: state.nextId('task'),
    created: state.stamp(),
    updated: state.stamp(),
    assigneeId: null,
    assigneeUpdated: null,
    status: 'annotation',
    files: new Map(),
    data: null,
  };
  state.tasks.set(added.id, added);
  touchProject(state, added);
  return added;
}

/** Gives a task its frames and cuts them into jobs. */
export function fillTask(state: CvatState, task: Task, frames: readonly Frame[], imageQuality: number): void {
  const asked = task.segmentSize === 0 ? frames.length : task.segmentSize;
  const cut = segments({ frames: frames.length, segmentSize: asked, overlap: task.overlap ?? 0 });
  task.segmentSize = cut.segmentSize;
  task.overlap = cut.overlap;
  task.data = {
    id: state.nextId('data'),
    frames,
    imageQuality,
    chunksUpdated: state.stamp(),
    deletedFrames: [],
  };
  task.files.clear();
  for (const range of cut.ranges) addJob(state, task.id, range);
  task.updated = state.stamp();
  touchProject(state, task);
}

/** Deletes a task with its jobs and own labels. Requests stay: CVAT refuses to read them from then on. */
export function deleteTask(state: CvatState, task: Task): void {
  for (const job of taskJobs(state, task.id)) state.jobs.delete(job.id);
  for (const label of state.labels.values()) if (label.taskId === task.id) state.labels.delete(label.id);
  state.tasks.delete(task.id);
  touchProject(state, task);
}

export function touchProject(state: CvatState, task: Task): void {
  const project = task.projectId === null ? undefined : state.projects.get(task.projectId);
  if (project !== undefined) project.updated = state.stamp();
}
