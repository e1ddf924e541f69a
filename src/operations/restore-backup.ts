import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import { MaskloopError } from '../contracts/error.ts';
import { placeOfId } from '../contracts/ids.ts';
import { RESTORE_WORKFLOW, restoreId, type RestoreInput, type RestoreResult } from '../contracts/restore.ts';
import type { ReceiptStore } from '../receipts/read-receipt.ts';
import { requireFree } from './require-free.ts';
import { runOnWorker } from './run-on-worker.ts';

/**
 * Puts a backup of an iteration back and waits until that is done.
 *
 * @throws MaskloopError `BackupMissing`, `RestoreRefused`, `RestoreIncomplete`, `RestoreRunning`, `TaskGone`,
 *   `OnHold`, `WorkerSilent`, and what CVAT and the store may meet
 */
export async function restoreBackup(
  { client, store, patienceMs }: { client: Client; store: ReceiptStore; patienceMs?: number },
  input: RestoreInput,
): Promise<RestoreResult> {
  const { id } = input;
  await requireFree(store, { connection: placeOfId(id).connection, server: 'cvat' });
  const job = { type: RESTORE_WORKFLOW, workflowId: restoreId(id), args: [input], id, patienceMs };
  try {
    return await runOnWorker<RestoreResult>(client, job);
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    throw new MaskloopError('RestoreRunning', `A restore of ${id} is under way already.`, { facts: { id } });
  }
}
