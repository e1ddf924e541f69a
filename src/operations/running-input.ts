import type { Client } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { MaskloopError } from '../contracts/error.ts';
import { GRPC, grpcError, mapTemporalErrors } from './temporal-errors.ts';

/**
 * The input that a run was started with, from the first event of its history; null if the event holds none.
 *
 * @throws MaskloopError `IterationNotFound` for what Temporal knows nothing of, or no more; `TemporalUnreachable`
 */
export async function readRunningInput(client: Client, run: { id: string; runId: string }): Promise<unknown> {
  const { id } = run;
  const ask = async () =>
    client.workflowService.getWorkflowExecutionHistory({
      namespace: client.options.namespace,
      execution: { workflowId: id, runId: run.runId },
      maximumPageSize: 1,
    });
  const answer = await mapTemporalErrors({ id }, async () => ask().catch(refused(id)));
  const payload = answer.history?.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0];
  return payload === undefined ? null : defaultPayloadConverter.fromPayload(payload);
}

/** A request without a handle is not refused by an error of its own. */
function refused(id: string): (error: unknown) => never {
  return (error) => {
    if (grpcError(error)?.code !== GRPC.NOT_FOUND) throw error;
    throw new MaskloopError('IterationNotFound', `Temporal knows no iteration ${id}.`, { facts: { id } });
  };
}
