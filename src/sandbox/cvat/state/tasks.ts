import { announce, prepare } from './changes.ts';
import type { CvatState } from './cvat-state.ts';
import type { Frame, Task, VideoSource } from './entities.ts';
import { addJob, deleteJob, taskJobs } from './jobs.ts';
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
  readonly consensusReplicas: number;
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
    validationMode: null,
    files: new Map(),
    dataId: null,
    data: null,
  };
  state.tasks.set(added.id, added);
  announce(state, { action: 'create', kind: 'task', id: added.id });
  touchProject(state, added);
  return added;
}

/** What a task is made of. */
export interface NewData {
  readonly frames: readonly Frame[];
  readonly video: VideoSource | null;
  /** Percent, for the smaller copies that browsers are shown. */
  readonly imageQuality: number;
}

/** Frames that the jobs of a video share if nothing else is asked for. */
const VIDEO_OVERLAP = 5;

/** Gives a task its frames and cuts them into jobs, each with the replicas that were asked for. */
export function fillTask(state: CvatState, task: Task, data: NewData): void {
  const count = data.frames.length;
  const overlap = task.overlap ?? (data.video === null ? 0 : VIDEO_OVERLAP);
  const cut = segments({ frames: count, segmentSize: task.segmentSize === 0 ? count : task.segmentSize, overlap });
  task.segmentSize = cut.segmentSize;
  // The older release tells the overlap that a single job would have with its neighbours.
  task.overlap = state.version === '2.54.1' ? Math.min(overlap, Math.floor(cut.segmentSize / 2)) : cut.overlap;
  setData(state, task, data);
  for (const range of cut.ranges) {
    const { id, chunksUpdated } = addJob(state, task.id, range);
    Object.assign(task.data ?? {}, { chunksUpdated });
    for (let replica = 0; replica < task.consensusReplicas; replica += 1) {
      addJob(state, task.id, { ...range, type: 'consensus_replica', parentJobId: id });
    }
  }
}

/** Gives a task its frames, but no jobs yet. */
export function setData(state: CvatState, task: Task, data: NewData): void {
  task.dataId ??= state.nextId('data');
  task.data = { ...data, id: task.dataId, chunksUpdated: state.stamp(), deletedFrames: [] };
  task.files.clear();
  task.updated = state.stamp();
}

/** Deletes a task with its jobs and own labels. Requests stay: CVAT refuses to read them from then on. */
export function deleteTask(state: CvatState, task: Task): void {
  const tell = prepare(state, { action: 'delete', kind: 'task', id: task.id });
  for (const job of taskJobs(state, task.id).toReversed()) deleteJob(state, job);
  for (const label of state.labels.values()) if (label.taskId === task.id) state.labels.delete(label.id);
  state.tasks.delete(task.id);
  touchProject(state, task);
  tell();
}

export function touchProject(state: CvatState, task: Task): void {
  const project = task.projectId === null ? undefined : state.projects.get(task.projectId);
  if (project === undefined) return;
  project.updated = state.stamp();
  announce(state, { action: 'update', kind: 'project', id: project.id });
}

/** Writes a task anew, whatever has changed in it. @param isAddressed see {@link Change} */
export function saveTask(state: CvatState, task: Task, isAddressed = false): void {
  task.updated = state.stamp();
  announce(state, { action: 'update', kind: 'task', id: task.id, isAddressed });
}

/** What the first upload for a task does to it. */
export function awaitData(state: CvatState, task: Task): void {
  if (task.dataId !== null) return;
  task.dataId = state.nextId('data');
  saveTask(state, task);
}
