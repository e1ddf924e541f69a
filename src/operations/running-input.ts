import type { Client } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { mapTemporalErrors } from './temporal-errors.ts';

/** The input that a run was started with, from the first event of its history; null if the event holds none. */
export async function readRunningInput(client: Client, run: { id: string; runId: string }): Promise<unknown> {
  const answer = await mapTemporalErrors({ id: run.id }, () =>
    client.workflowService.getWorkflowExecutionHistory({
      namespace: client.options.namespace,
      execution: { workflowId: run.id, runId: run.runId },
      maximumPageSize: 1,
    }),
  );
  const payload = answer.history?.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0];
  return payload === undefined ? null : defaultPayloadConverter.fromPayload(payload);
}
