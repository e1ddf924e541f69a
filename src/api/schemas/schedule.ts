import { z } from 'zod';
import { OVERLAPS } from '../../contracts/schedule.ts';
import type { ScheduleRow, ScheduleView } from '../../operations/schedules/read-schedules.ts';

const ms = z.int().nonnegative();
const name = z.string().min(1).max(500);

/** Of what loop a schedule is, and when it asks for an iteration. */
export const scheduleTerms = {
  loop: z.strictObject({ connection: name, project: name, name }),
  times: z.strictObject({
    everyMs: ms.nullable(),
    offsetMs: ms,
    cron: z.array(z.string().max(200)).max(50).readonly(),
    timeZone: z.string(),
    jitterMs: ms,
    catchUpMs: ms,
  }),
  overlap: z.enum(OVERLAPS),
};

const row = {
  terms: z.object({ ...scheduleTerms, by: z.string() }),
  paused: z.boolean(),
  note: z.string(),
  next: z.array(z.string()),
};

export const scheduleRow: z.ZodType<ScheduleRow> = z.object(row);

export const scheduleView: z.ZodType<ScheduleView> = z.object({
  ...row,
  runs: z.array(
    z.object({ at: z.string(), outcome: z.enum(['begun', 'skipped', 'waits', 'forgotten']), why: z.string() }),
  ),
  missed: z.number(),
});
