import type { BackupRef } from './refs.ts';

/** The registered name of the workflow; never changed. */
export const RESTORE_WORKFLOW = 'restoreWorkflow';

/** What a restore is started with. */
export interface RestoreInput {
  /** Id of the iteration whose backup it is. */
  readonly id: string;
  /** Number of the backup; null for the newest that was made before an import. */
  readonly number: number | null;
  /** True if what people have done since may be replaced. */
  readonly overwrite: boolean;
  /** Who asked for it. */
  readonly by: string;
}

/** What a restore has done. */
export interface RestoreResult {
  readonly id: string;
  readonly backup: number;
  readonly takenAt: string;
  /** Address of the task for people. */
  readonly url: string;
  /** What was there before, in a backup of its own. */
  readonly before: BackupRef;
  /** What a further try found half-way, in a backup of its own; absent where the first try succeeded. */
  readonly again?: BackupRef;
  /** Jobs that were written, and jobs that held the same already. */
  readonly written: number;
  readonly unchanged: number;
  /** Shapes, tracks and tags of the backup. */
  readonly shapes: number;
}

export interface RestoreActivities {
  /** Puts a backup back, job by job, and reads it again. */
  restoreBackup(input: RestoreInput): Promise<RestoreResult>;
}

/** Id of the restore of an iteration: one at a time. */
export function restoreId(id: string): string {
  return `restore:${id}`;
}
