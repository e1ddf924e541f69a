import { ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import { loopId, scheduleId } from '../../contracts/ids.ts';
import { SCHEDULED_WORKFLOW, type ScheduledInput } from '../../contracts/schedule.ts';
import { TASK_QUEUES } from '../../contracts/task-queues.ts';
import { mapScheduleErrors } from './schedule-errors.ts';
import { specOf, type ScheduleTerms } from './schedule-of-loop.ts';

export interface ScheduleRequest extends ScheduleTerms {
  /** Whether it begins paused, and what is noted with it. */
  readonly paused: boolean;
  readonly note: string;
}

/**
 * Makes the schedule of a loop. Temporal itself lets scheduled times overlap: whether an iteration begins is the loop's to say,
 * which knows why not.
 *
 * @throws MaskloopError `ScheduleExists`, `ScheduleInvalid`, `TemporalUnreachable`
 */
export async function createSchedule(client: Client, { paused, note, ...terms }: ScheduleRequest): Promise<void> {
  const loop = loopId(terms.loop);
  const id = scheduleId(terms.loop);
  const input: ScheduledInput = { loop, overlap: terms.overlap };
  const spec = specOf(terms);
  await mapScheduleErrors(loop, () =>
    client.schedule.create({
      scheduleId: id,
      spec,
      action: {
        type: 'startWorkflow',
        workflowType: SCHEDULED_WORKFLOW,
        workflowId: `${id}/run`,
        taskQueue: TASK_QUEUES.iterations,
        args: [input],
      },
      policies: { overlap: ScheduleOverlapPolicy.ALLOW_ALL, catchupWindow: terms.times.catchUpMs },
      state: { paused, ...(note === '' ? {} : { note }) },
      memo: { maskloop: terms },
    }),
  );
}
