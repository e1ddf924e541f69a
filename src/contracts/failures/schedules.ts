import { entry } from './entry.ts';

/** Failures of schedules. */
export const SCHEDULE_FAILURES = {
  ScheduleExists: entry(
    'refused',
    'The loop has a schedule already.',
    'Look at it with `maskloop schedule describe`; delete it before another is made.',
  ),
  ScheduleNotFound: entry(
    'refused',
    'The loop has no schedule.',
    'See `maskloop schedule list`, or make one with `maskloop schedule create`.',
  ),
  ScheduleInvalid: entry(
    'refused',
    'The times of a schedule are not understood.',
    'Write five fields of cron such as "0 8 * * MON-FRI", an interval of a minute or more, and a time zone like Europe/Berlin.',
  ),
};
