import { announce, prepare } from './changes.ts';
import type { CvatState } from './cvat-state.ts';
import type { Job, JobType, Task, TaskStatus } from './entities.ts';
import { deleteIssue } from './issues.ts';

export interface NewJob {
  readonly start: number;
  /** Inclusive. */
  readonly stop: number;
  readonly type?: JobType;
  readonly parentJobId?: number;
  readonly includedFrames?: readonly number[];
}

export function addJob(state: CvatState, taskId: number, range: NewJob): Job {
  const chunksUpdated = state.stamp();
  const created = state.stamp();
  const job: Job = {
    id: state.nextId('job'),
    taskId,
    startFrame: range.start,
    stopFrame: range.stop,
    type: range.type ?? 'annotation',
    parentJobId: range.parentJobId ?? null,
    includedFrames: range.includedFrames ?? null,
    chunksUpdated,
    created,
    updated: state.stamp(),
    stage: 'annotation',
    state: 'new',
    assigneeId: null,
    assigneeUpdated: null,
    shapes: [],
    tags: [],
    tracks: [],
  };
  state.jobs.set(job.id, job);
  announce(state, { action: 'create', kind: 'job', id: job.id });
  return job;
}

/** Jobs of a task, oldest first. */
export function taskJobs(state: CvatState, taskId: number): Job[] {
  return [...state.jobs.values()].filter((job) => job.taskId === taskId);
}

/** Frames of its task that a job is about, ascending. */
export function jobFrames(job: Job): number[] {
  const range = Array.from({ length: job.stopFrame - job.startFrame + 1 }, (_, index) => job.startFrame + index);
  return job.includedFrames === null ? range : [...job.includedFrames];
}

/** The jobs that annotations of a whole task go to and come from: no replicas, and ground truth only if it owns its frames. */
export function annotatedJobs(state: CvatState, task: Task): Job[] {
  return taskJobs(state, task.id).filter(
    (job) => job.type === 'annotation' || (job.type === 'ground_truth' && task.validationMode === 'gt_pool'),
  );
}

/** Deletes a job with its issues. The status of its task stays as it was, which CVAT forgets to derive anew. */
export function deleteJob(state: CvatState, job: Job): void {
  const tell = prepare(state, { action: 'delete', kind: 'job', id: job.id });
  for (const issue of state.issues.values()) if (issue.jobId === job.id) deleteIssue(state, issue);
  state.jobs.delete(job.id);
  tell();
}

/** CVAT's older single word for stage and state together. */
export function jobStatus(job: Job): TaskStatus {
  if (job.stage === 'acceptance') return job.state === 'completed' ? 'completed' : 'validation';
  return job.stage;
}

export interface JobChange {
  readonly stage?: Job['stage'] | undefined;
  readonly state?: Job['state'] | undefined;
  readonly assigneeId?: number | null | undefined;
}

/** Changes a job; a change of stage alone sets its state back to `new`. Even an empty change counts as an update. */
export function changeJob(state: CvatState, job: Job, change: JobChange): void {
  if (change.stage !== undefined && change.stage !== job.stage) {
    job.stage = change.stage;
    job.state = 'new';
  }
  if (change.state !== undefined) job.state = change.state;
  if (change.assigneeId !== undefined && change.assigneeId !== job.assigneeId) {
    job.assigneeId = change.assigneeId;
    job.assigneeUpdated = state.stamp();
  }
  job.updated = state.stamp();
  const task = state.tasks.get(job.taskId);
  // The task is written, and told of, while the job is still being saved.
  if (task !== undefined) followJobs(state, task);
  announce(state, { action: 'update', kind: 'job', id: job.id, isAddressed: true });
}

/** The status of a task is the lowest of its jobs'. */
function followJobs(state: CvatState, task: Task): void {
  const statuses = taskJobs(state, task.id).map(jobStatus);
  const lowest = (['annotation', 'validation', 'completed'] as const).find((status) => statuses.includes(status));
  if (lowest === undefined || lowest === task.status) return;
  task.status = lowest;
  task.updated = state.stamp();
  announce(state, { action: 'update', kind: 'task', id: task.id });
}
