import type { BackedUpJob, Backup, BackupReason } from '../contracts/backup.ts';
import { backupName } from '../contracts/ids.ts';
import type { BackupRef, TaskRef } from '../contracts/refs.ts';
import type { NativeAnnotations } from '../cvat/native-annotations.ts';
import type { Cvat, Job } from '../cvat/cvat.ts';
import { contentDigest, countItems } from '../cvat/native-items.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { backupNumbers } from './backup-documents.ts';
import type { Running } from './durable.ts';
import { readJobs } from './read-jobs.ts';

/** Whose task is backed up, and what for. */
export interface BackupOrder {
  readonly id: string;
  readonly connection: string;
  readonly task: Pick<TaskRef, 'taskId' | 'projectId' | 'url'>;
  readonly reason: BackupReason;
  readonly jobs: readonly Job[];
  /** True where the task is known to hold nothing at all, so that no job has to be read. */
  readonly empty?: boolean;
}

const NOTHING: NativeAnnotations = { shapes: [], tracks: [], tags: [] };

/**
 * Stores what every given job holds, each in an artifact of its own, and a document that lists them under the next free
 * number. Also a task without any annotation gets its document.
 *
 * @throws MaskloopError `StoreUnreachable`, so that nothing is written over what is not backed up
 */
export async function takeBackup(
  cvat: Cvat,
  store: ArtifactStore,
  order: BackupOrder,
  { signal, report }: Running,
): Promise<{ readonly ref: BackupRef; readonly backup: Backup }> {
  const kept: BackedUpJob[] = [];
  const keep = async (job: Job, held: NativeAnnotations): Promise<void> => {
    kept.push(await keepJob(store, job, held));
    if (order.empty !== true) report({ phase: 'backup', done: kept.length, total: order.jobs.length });
  };
  if (order.empty === true) for (const job of order.jobs) await keep(job, NOTHING);
  else await readJobs(cvat, order.jobs, keep, signal);
  return writeDocument(
    store,
    order,
    kept.toSorted((a, b) => a.jobId - b.jobId),
  );
}

async function keepJob(store: ArtifactStore, job: Job, held: NativeAnnotations): Promise<BackedUpJob> {
  return {
    jobId: job.id,
    startFrame: job.startFrame,
    stopFrame: job.stopFrame,
    stage: job.stage,
    state: job.state,
    assignee: job.assignee,
    updatedAt: job.updatedAt,
    shapes: held.shapes.length,
    tracks: held.tracks.length,
    tags: held.tags.length,
    sha256: contentDigest([held]),
    annotations: countItems(held) === 0 ? null : await store.put(Buffer.from(JSON.stringify(held))),
  };
}

async function writeDocument(
  store: ArtifactStore,
  { id, connection, task, reason }: BackupOrder,
  jobs: readonly BackedUpJob[],
): Promise<{ ref: BackupRef; backup: Backup }> {
  const { taskId, projectId, url } = task;
  const takenAt = new Date().toISOString();
  const newest = (await backupNumbers(store, id)).at(-1) ?? 0;
  // Another worker may back up for the same iteration at this moment: a number belongs to whoever makes its document.
  for (let number = newest + 1; ; number += 1) {
    const backup: Backup = {
      schema: 'maskloop.backup/1',
      id,
      number,
      reason,
      takenAt,
      connection,
      task: { taskId, projectId, url },
      jobs,
    };
    const bytes = Buffer.from(`${JSON.stringify(backup, null, 2)}\n`);
    const name = backupName(id, number);
    if (await store.createNamed(name, bytes)) return { backup, ref: refOf(backup, name, await store.put(bytes)) };
  }
}

/** What of a backup travels through Temporal. */
export function refOf(backup: Backup, name: string, manifest: BackupRef['manifest']): BackupRef {
  const sum = (count: (job: BackedUpJob) => number): number => backup.jobs.reduce((all, job) => all + count(job), 0);
  return {
    name,
    number: backup.number,
    manifest,
    takenAt: backup.takenAt,
    jobs: backup.jobs.length,
    shapes: sum(({ shapes }) => shapes),
    tracks: sum(({ tracks }) => tracks),
    tags: sum(({ tags }) => tags),
  };
}
