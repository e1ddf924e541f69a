import { MaskloopError } from '../contracts/error.ts';
import type { BackupRef, GuardRef } from '../contracts/refs.ts';
import type { Cvat, Job } from '../cvat/cvat.ts';
import type { ArtifactStore } from '../storage/store.ts';
import type { Running } from './durable.ts';
import { takeBackup, type BackupOrder } from './take-backup.ts';
import { contentOf, foreignContent } from './task-content.ts';
import { jobsStarted } from './jobs-started.ts';
import { isNew } from './job-plan.ts';
import { taskDigest } from './task-digest.ts';

/** CVAT's time of the last change by job. */
export type JobTimes = ReadonlyMap<number, string>;

export interface LastLook {
  readonly backup: BackupRef;
  readonly times: JobTimes;
}

/** What a look is made at. */
export interface Looked extends Omit<BackupOrder, 'reason' | 'jobs' | 'empty'> {
  readonly guard: GuardRef;
  readonly wouldSend: number;
}

/**
 * The last look before an import, which deletes whatever the task holds: that it holds nothing and its jobs are new, or
 * exactly what was agreed to be overwritten. What it holds is backed up, and the look ends with a second read of the
 * jobs, so that between it and the request of the import there is nothing but the two messages.
 *
 * @returns null if jobs changed meanwhile where nothing may be deleted: a further look tells whether that matters
 * @throws MaskloopError `TaskHoldsOtherShapes`, `JobsStarted`, `TaskChangedSince`, `StoreUnreachable`
 */
export async function lookLast(
  { cvat, store }: { cvat: Cvat; store: ArtifactStore },
  looked: Looked,
  running: Running,
): Promise<LastLook | null> {
  const { signal } = running;
  const { taskId } = looked.task;
  const jobs = await cvat.jobs(taskId, { type: 'annotation', signal });
  const mayDelete = looked.guard.holds === 'people';
  if (!mayDelete) await requireNothing(cvat, looked, jobs, signal);
  const order = { ...looked, reason: 'import', jobs, empty: !mayDelete } as const;
  const { ref, backup } = await takeBackup(cvat, store, order, running);
  if (mayDelete && taskDigest(backup.jobs) !== looked.guard.content) {
    throw changedSince(looked, 'it does not hold what it held when it was guarded');
  }
  const times = timesOf(jobs);
  const changed = await changedJobs(cvat, taskId, times, signal);
  if (changed.size === 0) return { backup: ref, times };
  // CVAT gives jobs a new time for less than a save, too: an assignment, a label of the project.
  if (!mayDelete) return null;
  throw changedSince(looked, `jobs ${[...changed.keys()].join(', ')} changed while it was looked at`);
}

/** Jobs that were written to since their times were read, or that have come or gone: with their times now. */
export async function changedJobs(cvat: Cvat, taskId: number, times: JobTimes, signal: AbortSignal): Promise<JobTimes> {
  const now = timesOf(await cvat.jobs(taskId, { type: 'annotation', signal }));
  const ids = [...new Set([...times.keys(), ...now.keys()])].filter((id) => times.get(id) !== now.get(id));
  return new Map(ids.map((id) => [id, now.get(id) ?? '']));
}

function timesOf(jobs: readonly Job[]): JobTimes {
  return new Map(jobs.map(({ id, updatedAt }) => [id, updatedAt]));
}

async function requireNothing(
  cvat: Cvat,
  { task, wouldSend }: Looked,
  jobs: readonly Job[],
  signal: AbortSignal,
): Promise<void> {
  const held = await cvat.taskAnnotations(task.taskId, signal);
  if (contentOf(held, []) !== 'nothing') throw foreignContent(cvat, task.taskId, held, wouldSend);
  if (!jobs.every(isNew)) throw jobsStarted(task, jobs);
}

function changedSince({ task }: Looked, how: string): MaskloopError {
  return new MaskloopError('TaskChangedSince', `Task ${task.taskId} (${task.url}): ${how}.`, {
    facts: { task: task.taskId, url: task.url },
  });
}
