import type { Client } from '@temporalio/client';
import { isMaskloopError } from '../../contracts/error.ts';
import { listRunning } from '../list-iterations.ts';
import { pendingActivities } from '../pending-activities.ts';
import { mapTemporalErrors } from '../temporal-errors.ts';
import { MOST_RUNNING } from './iteration-index.ts';
import type { RunningSource } from './watch-iterations.ts';

/** How long one look at one iteration may take, in milliseconds. */
const LOOK_TIMEOUT_MS = 5000;

/** What runs in a namespace of Temporal. */
export function runningSource(client: Client): RunningSource {
  return {
    running: () => client.withDeadline(Date.now() + LOOK_TIMEOUT_MS, () => listRunning(client, MOST_RUNNING)),
    activities: async (id) => {
      const look = () => mapTemporalErrors({ id }, () => client.workflow.getHandle(id).describe());
      try {
        return pendingActivities(await client.withDeadline(Date.now() + LOOK_TIMEOUT_MS, look));
      } catch (error) {
        if (isMaskloopError(error, 'IterationNotFound')) return [];
        throw error;
      }
    },
  };
}
