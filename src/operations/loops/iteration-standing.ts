import type { Client } from '@temporalio/client';
import { isMaskloopError } from '../../contracts/error.ts';
import { mapTemporalErrors } from '../temporal-errors.ts';

/**
 * How the newest run of an iteration stands; null where Temporal knows none of this id.
 *
 * @throws MaskloopError `TemporalUnreachable`
 */
export async function iterationStanding(
  client: Client,
  id: string,
): Promise<'running' | 'done' | 'cancelled' | 'failed' | null> {
  try {
    const { status } = await mapTemporalErrors({ id }, () => client.workflow.getHandle(id).describe());
    if (status.name === 'RUNNING') return 'running';
    if (status.name === 'COMPLETED') return 'done';
    return status.name === 'CANCELLED' ? 'cancelled' : 'failed';
  } catch (error) {
    if (isMaskloopError(error, 'IterationNotFound')) return null;
    throw error;
  }
}
