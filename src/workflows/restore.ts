import { proxyActivities } from '@temporalio/workflow';
import type { RestoreActivities, RestoreInput, RestoreResult } from '../contracts/restore.ts';

const { restoreBackup } = proxyActivities<RestoreActivities>({
  heartbeatTimeout: '30 seconds',
  startToCloseTimeout: '6 hours',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '30 seconds', maximumAttempts: 8 },
});

/** Puts a backup of an iteration back. A workflow, so that a restore that was begun is ended whatever crashes. */
export async function restoreWorkflow(input: RestoreInput): Promise<RestoreResult> {
  return restoreBackup(input);
}
