import { isMaskloopError } from '../contracts/error.ts';
import type { ImportRef } from '../contracts/refs.ts';
import type { Annotations, Cvat, Job } from '../cvat/cvat.ts';
import { compareTimes } from '../cvat/times.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { readBackup } from './backup-documents.ts';
import type { Running } from './durable.ts';
import { putBack } from './put-back.ts';
import type { BackupOrder } from './take-backup.ts';

/** True if every shape came by an import or from a model: nothing in it was drawn or corrected by a person. */
export function isAllOurs({ shapes, tracks, tags }: Annotations): boolean {
  return tracks + tags === 0 && shapes.every(({ source }) => source === 'auto' || source === 'file');
}

/**
 * Puts back what was there before an import that went wrong, if nobody has written since: every job was last written
 * before the import's request ended, by CVAT's own clock, is as it was, and holds nothing that a person drew.
 *
 * @returns number of the backup; null where the task was left as it is
 */
export async function undoImport(
  { cvat, store }: { cvat: Cvat; store: ArtifactStore },
  order: Pick<BackupOrder, 'id' | 'connection' | 'task'>,
  { imported, read }: { imported: ImportRef; read: readonly { job: Job; machine: boolean }[] },
  running: Running,
): Promise<number | null> {
  const { backup: ref, finishedAt } = imported;
  if (ref === null || ref === undefined || finishedAt === null || finishedAt === undefined) return null;
  const untouched = read.every(({ job, machine }) => machine && compareTimes(job.updatedAt, finishedAt) <= 0);
  if (!untouched) return null;
  try {
    const backup = await readBackup(store, order.id, ref.number);
    await putBack({ cvat, store }, { ...order, backup, reason: 'undo', jobs: read.map(({ job }) => job) }, running);
    return backup.number;
  } catch (error) {
    // The import is the trouble to be told; that it could not be undone is part of it.
    if (isMaskloopError(error, 'RestoreRefused') || isMaskloopError(error, 'RestoreIncomplete')) return null;
    throw error;
  }
}
