import type { Client } from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import { isMaskloopError, MaskloopError } from '../contracts/error.ts';
import { hasReceipt, type ReceiptStore } from '../receipts/read-receipt.ts';
import { DECISION_TIMEOUT_MS } from './steer-iteration.ts';
import { mapTemporalErrors } from './temporal-errors.ts';

/**
 * Sends an update to a running iteration and waits for its answer.
 *
 * @param request.patienceMs how long a worker may take for it; 15 s if undefined
 * @throws MaskloopError what the iteration refuses it with, `IterationNotFound`, `IterationDone`, `WorkerSilent`,
 *   `TemporalUnreachable`
 */
export async function sendUpdate<R, A extends [object]>(
  { client, store }: { client: Client; store: ReceiptStore },
  request: { id: string; patienceMs: number | undefined; update: UpdateDefinition<R, A>; args: A },
): Promise<R> {
  const { id, update, args, patienceMs = DECISION_TIMEOUT_MS } = request;
  const send = (): Promise<R> => client.workflow.getHandle(id).executeUpdate<R, A>(update, { args });
  try {
    return await mapTemporalErrors({ id }, () => client.withDeadline(Date.now() + patienceMs, send));
  } catch (error) {
    if (isMaskloopError(error, 'IterationNotFound') && (await hasReceipt(store, id))) {
      throw new MaskloopError('IterationDone', `The iteration ${id} is finished.`, { facts: { id }, cause: error });
    }
    throw error;
  }
}
