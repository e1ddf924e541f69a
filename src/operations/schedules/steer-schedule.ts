import { ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import { loopId, scheduleId } from '../../contracts/ids.ts';
import { mapScheduleErrors } from './schedule-errors.ts';
import type { LoopPlace } from './schedule-of-loop.ts';

/** What a person does to a schedule. */
export type ScheduleSteering =
  | { readonly what: 'pause' | 'resume'; readonly note: string }
  | { readonly what: 'trigger' | 'delete' }
  /** All times between these two, as if they were now; ISO. */
  | { readonly what: 'backfill'; readonly from: string; readonly to: string };

/**
 * Steers the schedule of a loop. Deleting it ends neither the loop nor an iteration.
 *
 * @throws MaskloopError `ScheduleNotFound`, `TemporalUnreachable`
 */
export async function steerSchedule(client: Client, loop: LoopPlace, steering: ScheduleSteering): Promise<void> {
  const handle = client.schedule.getHandle(scheduleId(loop));
  await mapScheduleErrors(loopId(loop), async () => {
    switch (steering.what) {
      case 'pause':
        return handle.pause(noted(steering.note, 'paused'));
      case 'resume':
        return handle.unpause(noted(steering.note, 'resumed'));
      case 'trigger':
        return handle.trigger(ScheduleOverlapPolicy.ALLOW_ALL);
      case 'delete':
        return handle.delete();
      default: {
        const [start, end] = [new Date(steering.from), new Date(steering.to)];
        return handle.backfill({ start, end, overlap: ScheduleOverlapPolicy.ALLOW_ALL });
      }
    }
  });
}

/** Temporal takes a pause or resumption with an empty note for none at all. */
function noted(note: string, otherwise: string): string {
  return note === '' ? otherwise : note;
}
