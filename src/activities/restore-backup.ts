import { MaskloopError } from '../contracts/error.ts';
import type { Backup } from '../contracts/backup.ts';
import { backupName } from '../contracts/ids.ts';
import type { RestoreActivities } from '../contracts/restore.ts';
import type { NativeAnnotations } from '../cvat/native-annotations.ts';
import type { Cvat, Job } from '../cvat/cvat.ts';
import { contentDigest, countItems, difference, sameContent } from '../cvat/native-items.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { readBackup, readJobBackup } from './backup-documents.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable, type Running } from './durable.ts';
import { readImportRecord } from './import-record.ts';
import { isNew } from './job-plan.ts';
import { backupRef } from './newest-backup.ts';
import { isSameJob, putBack } from './put-back.ts';
import { readJobs } from './read-jobs.ts';

interface Site {
  readonly cvat: Cvat;
  readonly store: ArtifactStore;
}

/** Number of the backup that an earlier try of this restore made before it wrote anything; null if there is none. */
function madeBefore(id: string, { lastReport }: Running): number | null {
  if (typeof lastReport !== 'object' || lastReport === null || !('before' in lastReport)) return null;
  const [folder, name] = [backupName(id, 0).slice(0, -1), String(lastReport.before)];
  return name.startsWith(folder) ? Number(name.slice(folder.length)) : null;
}

/**
 * Puts a backup of an iteration back into its task. Without `overwrite` only if nobody has worked on the task since the
 * import: all jobs are new and each holds what we put there, or what the backup holds.
 */
export function createRestoreBackup({ connect, store }: ActivityDependencies): RestoreActivities['restoreBackup'] {
  return durable(async ({ id, number, overwrite }, running) => {
    const backup = await readBackup(store, id, number);
    const { cvat } = connect(backup.connection);
    const { task } = backup;
    await cvat.getTask(task.taskId, running.signal);
    const jobs = await cvat.jobs(task.taskId, { type: 'annotation', signal: running.signal });
    requireSameJobs(backup, jobs);
    const made = madeBefore(id, running);
    const earlier = made === null ? null : await readBackup(store, id, made);
    if (!overwrite) await requireUntouched({ cvat, store }, { backup, jobs, earlier }, running.signal);
    const order = { id, connection: backup.connection, task, backup, reason: 'restore' as const, jobs };
    const since = made === null ? null : await backupRef(store, id, made);
    const { before, written, unchanged } = await putBack({ cvat, store }, { ...order, earlier: since }, running);
    const shapes = backup.jobs.reduce((sum, job) => sum + job.shapes + job.tracks + job.tags, 0);
    return { id, backup: backup.number, takenAt: backup.takenAt, url: task.url, before, written, unchanged, shapes };
  });
}

/** Jobs are made with their task: where they differ the task is another one. */
function requireSameJobs({ task, jobs: kept, number }: Backup, jobs: readonly Job[]): void {
  const byId = new Map(jobs.map((job) => [job.id, job]));
  if (kept.length === jobs.length && kept.every((one) => isSameJob(one, byId.get(one.jobId)))) return;
  throw new MaskloopError('TaskGone', `Task ${task.taskId} (${task.url}) does not have the jobs of backup ${number}.`, {
    facts: {
      task: task.taskId,
      url: task.url,
      jobs: jobs.map((job) => job.id),
      inBackup: kept.map((one) => one.jobId),
    },
  });
}

async function requireUntouched(
  { cvat, store }: Site,
  { backup, jobs, earlier }: { backup: Backup; jobs: readonly Job[]; earlier: Backup | null },
  signal: AbortSignal,
): Promise<void> {
  const recorded = await readImportRecord(store, backup);
  const touched: { job: number; why: string }[] = [];
  const look = async (job: Job, held: NativeAnnotations): Promise<void> => {
    const target = await contentOfJob(store, backup, job.id);
    if (sameContent(held, target)) return;
    const half = earlier !== null && countItems(difference(held, target)) === 0;
    const unbegun = earlier !== null && sameContent(held, await contentOfJob(store, earlier, job.id));
    if (half || unbegun) return;
    if (!isNew(job)) touched.push({ job: job.id, why: `is ${job.state} in the stage ${job.stage}` });
    else if (recorded.get(job.id) !== contentDigest([held])) {
      touched.push({ job: job.id, why: 'holds something else than the import put there' });
    }
  };
  await readJobs(cvat, jobs, look, signal);
  if (touched.length > 0) throw refused(backup, touched);
}

async function contentOfJob(store: ArtifactStore, backup: Backup, jobId: number): Promise<NativeAnnotations> {
  return readJobBackup(store, backup.jobs.find((one) => one.jobId === jobId)?.annotations ?? null);
}

function refused({ task }: Backup, touched: readonly { job: number; why: string }[]): MaskloopError {
  const shown = touched.toSorted((a, b) => a.job - b.job).slice(0, 20);
  const rest = touched.length > shown.length ? `; and ${touched.length - shown.length} more jobs` : '';
  const text = shown.map(({ job, why }) => `job ${job} ${why}`).join('; ') + rest;
  return new MaskloopError(
    'RestoreRefused',
    `Task ${task.taskId} (${task.url}) was worked on since the import: ${text}.`,
    { facts: { task: task.taskId, url: task.url, jobs: shown.map((one) => ({ ...one })) } },
  );
}
