import type { z } from 'zod';
import type { scheduleRow, scheduleView } from '../../../../src/api/schemas/schedule.ts';

/** A schedule in the list. */
export type ScheduleRow = z.output<typeof scheduleRow>;

/** A schedule with what came of its last times. */
export type ScheduleView = z.output<typeof scheduleView>;

export type ScheduleRun = ScheduleView['runs'][number];
