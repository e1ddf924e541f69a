import * as api from '../api/endpoints/schedules.ts';
import type { ScheduleOperations } from '../operations/schedules/schedule-operations.ts';
import type { ApiClient } from './api-client.ts';

/** The schedules of a server. */
export function remoteSchedules(client: ApiClient): ScheduleOperations {
  return {
    list: async () => (await client.ask(api.listSchedules, {})).schedules,
    describe: (loop) => client.ask(api.describeSchedule, { params: paramsOf(loop) }),
    create: ({ by: _, ...body }) => client.tell(api.createSchedule, { body: body }),
    steer: (loop, steering) => client.tell(api.steerSchedule, { params: paramsOf(loop), body: steering }),
  };
}

function paramsOf({ connection, project, name }: Parameters<ScheduleOperations['describe']>[0]) {
  return { connection, project, loop: name };
}
