import type { CvatState } from './cvat-state.ts';
import type { Job, Task, TaskStatus } from './entities.ts';

export function addJob(state: CvatState, taskId: number, range: { start: number; stop: number }): Job {
  const created = state.stamp();
  const job: Job = {
    id: state.nextId('job'),
    taskId,
    startFrame: range.start,
    stopFrame: range.stop,
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
  return job;
}

/** Jobs of a task, oldest first. */
export function taskJobs(state: CvatState, taskId: number): Job[] {
  return [...state.jobs.values()].filter((job) => job.taskId === taskId);
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
  if (task !== undefined) followJobs(state, task);
}

/** The status of a task is the lowest of its jobs'. */
function followJobs(state: CvatState, task: Task): void {
  const statuses = taskJobs(state, task.id).map(jobStatus);
  const lowest = (['annotation', 'validation', 'completed'] as const).find((status) => statuses.includes(status));
  if (lowest === undefined || lowest === task.status) return;
  task.status = lowest;
  task.updated = state.stamp();
}
