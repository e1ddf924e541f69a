import type { BackedUpJob, Backup, BackupReason } from '../contracts/backup.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { BackupRef, TaskRef } from '../contracts/refs.ts';
import type { NativeAnnotations } from '../cvat/native-annotations.ts';
import type { Cvat, Job } from '../cvat/cvat.ts';
import { countItems, difference, sameContent } from '../cvat/native-items.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { readJobBackup } from './backup-documents.ts';
import type { Running } from './durable.ts';
import { itemBatches } from './item-batches.ts';
import { takeBackup } from './take-backup.ts';

export interface PutBackOrder {
  readonly id: string;
  readonly connection: string;
  readonly task: Pick<TaskRef, 'taskId' | 'projectId' | 'url'>;
  readonly backup: Backup;
  readonly reason: BackupReason;
  /** The annotation jobs as they were when it was decided that they may be written. */
  readonly jobs: readonly Job[];
  /** What an earlier try of the same had backed up before it wrote anything. */
  readonly earlier?: BackupRef;
  /** Called with what was there, before the first job is written. */
  readonly beforeWriting?: (before: BackupRef) => Promise<void>;
}

export interface PutBack {
  /** What was there before the first try. */
  readonly before: BackupRef;
  /** What a further try found there; absent where the first one succeeded. */
  readonly again?: BackupRef;
  /** Jobs that were written, and jobs that held the same already. */
  readonly written: number;
  readonly unchanged: number;
}

interface Site {
  readonly cvat: Cvat;
  readonly store: ArtifactStore;
}

/**
 * Puts a backup back, job by job: what is there is backed up, removed by its ids, and the backup added, so that what
 * people save between two of our messages is not deleted with it. Each job is read again afterwards.
 *
 * @throws MaskloopError `RestoreRefused` before a job is written that somebody wrote to meanwhile, `RestoreIncomplete`
 *   if a job then holds something else than the backup, `ArtifactMissing`, `ArtifactCorrupt`, `StoreUnreachable`
 */
export async function putBack(site: Site, order: PutBackOrder, running: Running): Promise<PutBack> {
  const { store, cvat } = site;
  const contents = new Map<number, NativeAnnotations>();
  // All of it is read before anything is written: half of a backup is worse than none.
  for (const one of order.backup.jobs) contents.set(one.jobId, await readJobBackup(store, one.annotations));
  const { ref } = await takeBackup(cvat, store, order, running);
  await order.beforeWriting?.(ref);
  const before = order.earlier ?? ref;
  let written = 0;
  const differing: number[] = [];
  for (const [done, job] of order.jobs.entries()) {
    running.report({ phase: 'restore', done, total: order.jobs.length });
    const content = contents.get(job.id);
    if (content === undefined) continue;
    const outcome = await putBackJob(cvat, job, content, running.signal);
    if (outcome !== 'unchanged') written += 1;
    if (outcome === 'differs') differing.push(job.id);
  }
  if (differing.length > 0) throw incomplete(order, before, differing);
  const again = before === ref ? {} : { again: ref };
  return { before, ...again, written, unchanged: order.jobs.length - written };
}

async function putBackJob(
  cvat: Cvat,
  job: Job,
  content: NativeAnnotations,
  signal: AbortSignal,
): Promise<'written' | 'unchanged' | 'differs'> {
  const held = await cvat.nativeAnnotations(job.id, signal);
  // Read last, so that nothing stands between this look and the writing.
  const now = await cvat.job(job.id, signal);
  if (sameContent(held, content)) return 'unchanged';
  if (now.updatedAt !== job.updatedAt) throw meanwhile(job);
  const removed = difference(held, content);
  const added = difference(content, held);
  if (countItems(removed) > 0) await cvat.removeAnnotations(job.id, removed, signal);
  for (const batch of itemBatches(added)) await cvat.addAnnotations(job.id, batch, signal);
  return sameContent(await cvat.nativeAnnotations(job.id, signal), content) ? 'written' : 'differs';
}

function meanwhile({ id }: Job): MaskloopError {
  return new MaskloopError('RestoreRefused', `Somebody wrote to job ${id} while the backup was being put back.`, {
    facts: { job: id },
  });
}

function incomplete({ task, backup }: PutBackOrder, before: BackupRef, jobs: readonly number[]): MaskloopError {
  return new MaskloopError(
    'RestoreIncomplete',
    `Jobs ${jobs.join(', ')} of task ${task.taskId} (${task.url}) hold something else than backup ${backup.number}; what was there before is backup ${before.number}.`,
    { facts: { task: task.taskId, url: task.url, jobs: [...jobs], backup: backup.number, before: before.number } },
  );
}

/** True if the job that a backup holds is still there with the same frames. */
export function isSameJob(kept: BackedUpJob, job: Job | undefined): boolean {
  return job !== undefined && job.startFrame === kept.startFrame && job.stopFrame === kept.stopFrame;
}
