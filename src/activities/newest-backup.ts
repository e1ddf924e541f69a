import { isMaskloopError } from '../contracts/error.ts';
import { backupName } from '../contracts/ids.ts';
import type { BackupRef } from '../contracts/refs.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { readBackup } from './backup-documents.ts';
import { refOf } from './take-backup.ts';

/** The newest backup from before an import, for a try that adopts what an earlier one did; null without any. */
export async function newestBackup(store: ArtifactStore, id: string): Promise<BackupRef | null> {
  try {
    return await backupRef(store, id, null);
  } catch (error) {
    if (isMaskloopError(error, 'BackupMissing')) return null;
    throw error;
  }
}

/** The reference of a backup; see {@link readBackup}. @throws MaskloopError `BackupMissing`, `ArtifactCorrupt`, `StoreUnreachable` */
export async function backupRef(store: ArtifactStore, id: string, number: number | null): Promise<BackupRef> {
  const backup = await readBackup(store, id, number);
  const bytes = Buffer.from(`${JSON.stringify(backup, null, 2)}\n`);
  return refOf(backup, backupName(id, backup.number), await store.put(bytes));
}
