import { MaskloopError } from '../contracts/error.ts';
import type { Backup } from '../contracts/backup.ts';
import type { BackupRef } from '../contracts/refs.ts';
import type { RestoreActivities } from '../contracts/restore.ts';
import type { NativeAnnotations } from '../cvat/native-annotations.ts';
import type { Cvat, Job } from '../cvat/cvat.ts';
import { contentDigest, countItems, difference, sameContent } from '../cvat/native-items.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { readBackup, readJobBackup } from './backup-documents.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { readImportRecord } from './import-record.ts';
import { forgetImport } from './import-under-way.ts';
import { isNew } from './job-plan.ts';
import { backupRef } from './newest-backup.ts';
import { isSameJob, putBack } from './put-back.ts';
import { readJobs } from './read-jobs.ts';
import { notedBefore, noteBefore } from './restore-note.ts';

interface Site {
  readonly cvat: Cvat;
  readonly store: ArtifactStore;
}

/**
 * Puts a backup of an iteration back into its task. Without `overwrite` only if nobody has worked on the task since the
 * import: all jobs are new and each holds what we put there, or what the backup holds. With it a further try may replace
 * what the first one had backed up, and nothing that came later.
 */
export function createRestoreBackup({ connect, store }: ActivityDependencies): RestoreActivities['restoreBackup'] {
  return durable(async ({ id, number, overwrite }, running) => {
    const backup = await readBackup(store, id, number);
    const { cvat } = connect(backup.connection);
    const { task } = backup;
    await cvat.getTask(task.taskId, running.signal);
    const jobs = await cvat.jobs(task.taskId, { type: 'annotation', signal: running.signal });
    requireSameJobs(backup, jobs);
    const run = { id, runId: running.runId ?? id };
    const made = await notedBefore(store, run);
    const earlier = made === null ? null : await readBackup(store, id, made);
    if (earlier !== null || !overwrite) {
      await requireUntouched({ cvat, store }, { backup, jobs, earlier, overwrite }, running.signal);
    }
    await forgetImport(store, { id, connection: backup.connection, task });
    const order = { id, connection: backup.connection, task, backup, reason: 'restore' as const, jobs };
    const since = made === null ? null : await backupRef(store, id, made);
    const beforeWriting = async ({ number: before }: BackupRef): Promise<void> => noteBefore(store, run, before);
    const further = since === null ? { beforeWriting } : { earlier: since };
    const done = await putBack({ cvat, store }, { ...order, ...further }, running);
    const shapes = backup.jobs.reduce((sum, job) => sum + job.shapes + job.tracks + job.tags, 0);
    return { id, backup: backup.number, takenAt: backup.takenAt, url: task.url, ...done, shapes };
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

interface Looked {
  readonly backup: Backup;
  readonly jobs: readonly Job[];
  /** What an earlier try had backed up. */
  readonly earlier: Backup | null;
  readonly overwrite: boolean;
}

async function requireUntouched(
  { cvat, store }: Site,
  { backup, jobs, earlier, overwrite }: Looked,
  signal: AbortSignal,
): Promise<void> {
  const recorded = await readImportRecord(store, backup);
  const touched: { job: number; why: string }[] = [];
  const look = async (job: Job, held: NativeAnnotations): Promise<void> => {
    const target = await contentOfJob(store, backup, job.id);
    if (sameContent(held, target)) return;
    const half = earlier !== null && countItems(difference(held, target)) === 0;
    if (half) return;
    if (overwrite) {
      // What that is was agreed to when the first try began; it holds for nothing that was saved later.
      if (earlier !== null && sameContent(held, await contentOfJob(store, earlier, job.id))) return;
      touched.push({ job: job.id, why: 'holds something else than before the first try of this restore' });
    } else if (!isNew(job)) touched.push({ job: job.id, why: `is ${job.state} in the stage ${job.stage}` });
    else if (recorded.get(job.id) !== contentDigest([held])) {
      touched.push({ job: job.id, why: 'holds something else than the import put there' });
    }
  };
  await readJobs(cvat, jobs, look, signal);
  if (touched.length > 0) throw refused(backup, earlier, touched);
}

async function contentOfJob(store: ArtifactStore, backup: Backup, jobId: number): Promise<NativeAnnotations> {
  return readJobBackup(store, backup.jobs.find((one) => one.jobId === jobId)?.annotations ?? null);
}

function refused(
  { task, number }: Backup,
  earlier: Backup | null,
  touched: readonly { job: number; why: string }[],
): MaskloopError {
  const shown = touched.toSorted((a, b) => a.job - b.job).slice(0, 20);
  const rest = touched.length > shown.length ? `; and ${touched.length - shown.length} more jobs` : '';
  const text = shown.map(({ job, why }) => `job ${job} ${why}`).join('; ') + rest;
  const before = earlier?.number ?? null;
  const since = before === null ? '' : `; what was there before the first try is backup ${before}`;
  return new MaskloopError(
    'RestoreRefused',
    `Task ${task.taskId} (${task.url}) was worked on since: ${text}. Backup ${number} was to be put back${since}.`,
    { facts: { task: task.taskId, url: task.url, backup: number, before, jobs: shown.map((one) => ({ ...one })) } },
  );
}
