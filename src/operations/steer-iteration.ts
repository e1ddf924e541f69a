import type { Client, WorkflowHandle } from '@temporalio/client';
import { isMaskloopError, MaskloopError } from '../contracts/error.ts';
import {
  pauseSignal,
  resumeSignal,
  retryUpdate,
  sealUpdate,
  skipUpdate,
  wakeSignal,
  type Sender,
} from '../contracts/messages.ts';
import { hasReceipt, type ReceiptStore } from '../receipts/read-receipt.ts';
import { mapTemporalErrors } from './temporal-errors.ts';

export type Steering = 'pause' | 'resume' | 'cancel' | 'retry' | 'skip' | 'seal' | 'wake';

/** How long a worker may take to accept a decision, in milliseconds. */
export const DECISION_TIMEOUT_MS = 15_000;

const SEND: Record<Steering, (handle: WorkflowHandle, sender: Sender) => Promise<unknown>> = {
  pause: (handle, sender) => handle.signal(pauseSignal, sender),
  resume: (handle, sender) => handle.signal(resumeSignal, sender),
  wake: (handle) => handle.signal(wakeSignal),
  cancel: (handle) => handle.cancel(),
  retry: (handle, sender) => handle.executeUpdate(retryUpdate, { args: [sender] }),
  skip: (handle, sender) => handle.executeUpdate(skipUpdate, { args: [sender] }),
  seal: (handle, sender) => handle.executeUpdate(sealUpdate, { args: [sender] }),
};

/**
 * Sends one request to a running iteration. `retry`, `skip` and `seal` come back when the iteration has accepted the decision;
 * the others are kept by Temporal until a worker runs.
 *
 * @param where.patienceMs how long a worker may take to accept a decision; 15 s if left out
 * @param request.id the exact id
 * @throws MaskloopError `IterationNotFound`, `IterationDone`, `NothingToDecide`, `NotSkippable`, `NothingToSeal`, `WorkerSilent`,
 *   `TemporalUnreachable`
 */
export async function steerIteration(
  { client, store, patienceMs = DECISION_TIMEOUT_MS }: { client: Client; store: ReceiptStore; patienceMs?: number },
  { id, what, sender }: { id: string; what: Steering; sender: Sender },
): Promise<void> {
  const send = () => SEND[what](client.workflow.getHandle(id), sender);
  try {
    await mapTemporalErrors({ id }, () => client.withDeadline(Date.now() + patienceMs, send));
  } catch (error) {
    if (isMaskloopError(error, 'IterationNotFound') && (await hasReceipt(store, id))) {
      throw new MaskloopError('IterationDone', `The iteration ${id} is finished.`, { facts: { id }, cause: error });
    }
    throw error;
  }
}
