import type { z } from 'zod';
import type { createSchedule } from '../../../../src/api/endpoints/schedules.ts';
import type { Overlap } from '../../../../src/contracts/schedule.ts';

/** What the fields of a new schedule hold. */
export interface ScheduleForm {
  readonly connection: string;
  readonly project: string;
  readonly loop: string;
  readonly kind: 'cron' | 'interval';
  /** Lines of five fields, separated by line breaks. */
  readonly cron: string;
  readonly timeZone: string;
  readonly every: number;
  readonly unit: keyof typeof UNIT_MS;
  readonly jitterMin: number;
  readonly overlap: Overlap;
  readonly paused: boolean;
  readonly note: string;
}

/** Units of an interval, in milliseconds. */
export const UNIT_MS = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;

/** Temporal makes up for times that it was away at, if they are not older; as the command line has it. */
const CATCH_UP_MS = 3_600_000;

/** A form before anybody has written into it. @param timeZone of the viewer */
export function emptyForm(timeZone: string): ScheduleForm {
  return {
    connection: 'default',
    project: '',
    loop: '',
    kind: 'cron',
    cron: '0 8 * * MON-FRI',
    timeZone,
    every: 1,
    unit: 'days',
    jitterMin: 0,
    overlap: 'skip',
    paused: false,
    note: '',
  };
}

/** What is wrong in which field; empty if all is well. */
export type FormProblems = Partial<Record<keyof ScheduleForm, string>>;

/** Looks through a form. */
export function problemsOf(form: ScheduleForm): FormProblems {
  const lines = cronLines(form);
  const wrong = lines.find((line) => !line.startsWith('@') && line.split(/\s+/).length !== 5);
  const isEvery = form.kind === 'interval';
  return {
    ...(form.connection.trim() === ''
      ? { connection: 'Name the connection; `default` is that of the environment.' }
      : {}),
    ...(form.project.trim() === '' ? { project: 'Name the project of the loop.' } : {}),
    ...(form.loop.trim() === '' ? { loop: 'Name the loop.' } : {}),
    ...(!isEvery && lines.length === 0 ? { cron: 'Say when: minute, hour, day, month, day of the week.' } : {}),
    ...(!isEvery && wrong !== undefined
      ? { cron: `"${wrong}" has not five fields: minute, hour, day, month, day of the week.` }
      : {}),
    ...(!isEvery && !isZone(form.timeZone)
      ? { timeZone: 'There is no such time zone; write one like Europe/Berlin, or UTC.' }
      : {}),
    ...(isEvery && !(form.every * UNIT_MS[form.unit] >= UNIT_MS.minutes) ? { every: 'At least a minute.' } : {}),
  };
}

/** The request that a form without problems comes to. */
export function requestOf(form: ScheduleForm): z.input<(typeof createSchedule)['body']> {
  const isEvery = form.kind === 'interval';
  return {
    loop: { connection: form.connection.trim(), project: form.project.trim(), name: form.loop.trim() },
    times: {
      everyMs: isEvery ? Math.round(form.every * UNIT_MS[form.unit]) : null,
      offsetMs: 0,
      cron: isEvery ? [] : [...cronLines(form)],
      timeZone: isEvery ? 'UTC' : form.timeZone.trim(),
      jitterMs: Math.round(form.jitterMin * UNIT_MS.minutes),
      catchUpMs: CATCH_UP_MS,
    },
    overlap: form.overlap,
    paused: form.paused,
    note: form.note.trim(),
  };
}

function cronLines({ cron }: ScheduleForm): readonly string[] {
  return cron
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name.trim() }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
