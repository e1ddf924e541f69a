import type { ConnectionLike } from '@temporalio/client';
import { mapTemporalErrors } from './temporal-errors.ts';

/**
 * What tells this installation of maskloop from all others: the id that Temporal gave to its namespace. Null where
 * Temporal keeps none.
 *
 * @throws MaskloopError `TemporalUnreachable`
 */
export async function readInstallation(temporal: {
  readonly connection: Pick<ConnectionLike, 'workflowService'>;
  readonly namespace: string;
}): Promise<string | null> {
  const { connection, namespace } = temporal;
  const { namespaceInfo } = await mapTemporalErrors({}, () =>
    connection.workflowService.describeNamespace({ namespace }),
  );
  return namespaceInfo?.id || null;
}
