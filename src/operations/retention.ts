import type { Client } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { mapTemporalErrors } from './temporal-errors.ts';

/**
 * Sets how long Temporal keeps closed runs of the client's namespace.
 *
 * @param days at least 1; the development server begins with 1
 */
export async function setRetention(client: Client, days: number): Promise<void> {
  await mapTemporalErrors({}, () =>
    client.workflowService.updateNamespace({
      namespace: client.options.namespace,
      config: { workflowExecutionRetentionTtl: msToTs(days * 86_400_000) },
    }),
  );
}
