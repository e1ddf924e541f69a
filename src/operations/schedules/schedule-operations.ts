import type { Client } from '@temporalio/client';
import { createSchedule, type ScheduleRequest } from './create-schedule.ts';
import { describeSchedule, listSchedules, type ScheduleRow, type ScheduleView } from './read-schedules.ts';
import type { LoopPlace } from './schedule-of-loop.ts';
import { steerSchedule, type ScheduleSteering } from './steer-schedule.ts';

/** What people do with the schedules of loops. */
export interface ScheduleOperations {
  create(request: ScheduleRequest): Promise<void>;
  list(): Promise<readonly ScheduleRow[]>;
  describe(loop: LoopPlace): Promise<ScheduleView>;
  steer(loop: LoopPlace, steering: ScheduleSteering): Promise<void>;
}

/** Binds them to a namespace of Temporal. */
export function createScheduleOperations(client: Client): ScheduleOperations {
  return {
    create: (request) => createSchedule(client, request),
    list: () => listSchedules(client),
    describe: (loop) => describeSchedule(client, loop),
    steer: (loop, steering) => steerSchedule(client, loop, steering),
  };
}
