import type { Client } from '@temporalio/client';
import { isMaskloopError } from '../contracts/error.ts';
import { wakeSignal } from '../contracts/messages.ts';
import { findWaiting, type WaitingPlace } from './find-waiting.ts';
import { mapTemporalErrors } from './temporal-errors.ts';

/**
 * Has the iterations that wait for a task or project read CVAT now. An iteration that ends meanwhile is left out.
 *
 * @returns the ids of those that were woken
 * @throws MaskloopError `TemporalUnreachable`; some may have been woken by then, which does no harm a second time
 */
export async function wakeIterations(client: Client, place: WaitingPlace): Promise<readonly string[]> {
  const ids = await findWaiting(client, place);
  const woken = await Promise.all(ids.map(async (id) => ((await wake(client, id)) ? [id] : [])));
  return woken.flat();
}

async function wake(client: Client, id: string): Promise<boolean> {
  try {
    await mapTemporalErrors({ id }, () => client.workflow.getHandle(id).signal(wakeSignal));
    return true;
  } catch (error) {
    if (isMaskloopError(error, 'IterationNotFound')) return false;
    throw error;
  }
}
