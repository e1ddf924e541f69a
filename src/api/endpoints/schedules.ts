import { z } from 'zod';
import { define, noBody, nothing, readsMany } from '../define.ts';
import { scheduleRow, scheduleTerms, scheduleView } from '../schemas/schedule.ts';

const place = z.strictObject({
  connection: z.string().min(1),
  project: z.string().min(1),
  loop: z.string().min(1).describe('name of the loop'),
});
const connectionOf = ({ params }: { readonly params: z.output<typeof place> }): string => params.connection;
const path = '/schedules/{connection}/{project}/{loop}';
const tag = 'schedules';

export const listSchedules = define({
  ...readsMany,
  id: 'listSchedules',
  path: '/schedules',
  tag,
  summary: 'All schedules of loops',
  role: 'viewer',
  answer: z.object({ schedules: z.array(scheduleRow).readonly() }),
});

export const describeSchedule = define({
  id: 'describeSchedule',
  method: 'GET',
  path,
  tag,
  summary: 'A schedule and what came of its last times',
  role: 'viewer',
  reach: 'one',
  connectionOf,
  changes: false,
  params: place,
  query: nothing,
  body: noBody,
  answer: scheduleView,
});

export const createSchedule = define({
  id: 'createSchedule',
  method: 'POST',
  path: '/schedules',
  tag,
  summary: 'Makes the schedule of a loop',
  role: 'operator',
  reach: 'one',
  connectionOf: ({ body }) => body.loop.connection,
  changes: true,
  params: nothing,
  query: nothing,
  body: z.strictObject({ ...scheduleTerms, paused: z.boolean(), note: z.string().max(2000) }),
  answer: null,
});

export const steerSchedule = define({
  id: 'steerSchedule',
  method: 'POST',
  path,
  tag,
  summary: 'Pauses, resumes, triggers, backfills or deletes a schedule',
  role: 'operator',
  reach: 'one',
  connectionOf,
  changes: true,
  params: place,
  query: nothing,
  body: z.discriminatedUnion('what', [
    z.strictObject({ what: z.enum(['pause', 'resume']), note: z.string().max(2000) }),
    z.strictObject({ what: z.enum(['trigger', 'delete']) }),
    z.strictObject({ what: z.literal('backfill'), from: z.iso.datetime(), to: z.iso.datetime() }),
  ]),
  answer: null,
});
