import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { isMaskloopError } from '../../contracts/error.ts';
import type { LoopStatus } from '../../contracts/loop.ts';
import type { ReceiptStore } from '../../receipts/read-receipt.ts';
import { describeIteration, type IterationView } from '../describe-iteration.ts';
import { pendingActivities, type PendingActivity } from '../pending-activities.ts';
import { askLoop } from './ask-loop.ts';
import { chosenNumbers, placeOfLoop } from './find-loops.ts';
import { aboutLoop } from './loop-errors.ts';

/** All that can be known of one loop. */
export interface LoopView {
  readonly id: string;
  readonly name: string;
  readonly project: string;
  readonly connection: string;
  /** `lost`: Temporal knows nothing of it; what it has chosen is in the store. */
  readonly state: 'running' | 'ended' | 'lost';
  /** False if the loop was asked and no worker answered; then `status` is null. */
  readonly workerAnswers: boolean;
  readonly status: LoopStatus | null;
  /** The iteration that runs; null for none, or where nothing is known of it. */
  readonly iteration: IterationView | null;
  readonly activities: readonly PendingActivity[];
  /** Numbers that frames were chosen for, ascending. */
  readonly chosen: readonly number[];
}

/**
 * Everything about one loop.
 *
 * @param id the exact id
 * @throws MaskloopError `TemporalUnreachable`, `StoreUnreachable`
 */
export async function describeLoop(
  where: { readonly client: Client; readonly store: ReceiptStore },
  id: string,
): Promise<LoopView> {
  const { client, store } = where;
  const run = await describeRun(client, id);
  const status = run === null ? null : await askLoop(client, id);
  const running = status?.iteration ?? null;
  return {
    id,
    ...placeOfLoop(id),
    state: run === null ? 'lost' : run.status.name === 'RUNNING' ? 'running' : 'ended',
    workerAnswers: run === null || status !== null,
    status,
    iteration: running === null ? null : await iterationOf(where, running),
    activities: run === null ? [] : pendingActivities(run),
    chosen: await chosenNumbers(store, placeOfLoop(id)),
  };
}

async function describeRun(client: Client, id: string): Promise<WorkflowExecutionDescription | null> {
  try {
    return await aboutLoop(id, () => client.workflow.getHandle(id).describe());
  } catch (error) {
    if (isMaskloopError(error, 'LoopNotFound')) return null;
    throw error;
  }
}

/** Between the answer of the loop and this look the iteration may have gone. */
async function iterationOf(
  where: { readonly client: Client; readonly store: ReceiptStore },
  id: string,
): Promise<IterationView | null> {
  try {
    return await describeIteration(where, id);
  } catch (error) {
    if (isMaskloopError(error, 'IterationNotFound')) return null;
    throw error;
  }
}
