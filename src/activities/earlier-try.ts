import { isMaskloopError } from '../contracts/error.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { readBackup } from './backup-documents.ts';
import type { JobTimes } from './last-look.ts';

/** What tries before this one have left. */
export interface EarlierTry {
  /**
   * CVAT's times of the jobs directly before an earlier try asked for its import; null if none can have asked. There is
   * one such import at most, so they are given away once.
   */
  take(): JobTimes | null;
}

/**
 * Finds out whether an import into a task may have been asked for by a try that is gone, whatever became of it: each
 * stores a backup directly before it asks. To be called before this try stores its own.
 *
 * @throws MaskloopError `ArtifactCorrupt`, `StoreUnreachable`
 */
export async function createEarlierTry(
  store: ArtifactStore,
  { id, connection, taskId }: { readonly id: string; readonly connection: string; readonly taskId: number },
): Promise<EarlierTry> {
  const backup = await readBackup(store, id, null).catch(nullIfMissing);
  const isOfTask = backup?.connection === connection && backup.task.taskId === taskId;
  let times: JobTimes | null = isOfTask ? new Map(backup.jobs.map((job) => [job.jobId, job.updatedAt])) : null;
  return {
    take() {
      const taken = times;
      times = null;
      return taken;
    },
  };
}

function nullIfMissing(error: unknown): null {
  if (isMaskloopError(error, 'BackupMissing')) return null;
  throw error;
}
