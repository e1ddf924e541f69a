import { useLocation } from 'react-router';
import type { z } from 'zod';
import type { describeSchedule } from '../../../../src/api/endpoints/schedules.ts';

/** Of which loop a schedule is. */
export type SchedulePlace = z.output<(typeof describeSchedule)['params']>;

/** The page of a schedule; each name is percent-encoded as a whole. */
export function scheduleAddress({ connection, project, loop }: SchedulePlace): string {
  return `/schedules/${[connection, project, loop].map(encodeURIComponent).join('/')}`;
}

/** The place in the address of such a page. The router's own parameters decode what is part of a name as well. */
export function useSchedulePlace(): SchedulePlace {
  const [, , connection = '', project = '', loop = ''] = useLocation().pathname.split('/').map(decodeURIComponent);
  return { connection, project, loop };
}

/** A loop in words: `SurgVU / tools`, with its connection where that is another than `default`. */
export function placeWords({ connection, project, loop }: SchedulePlace): string {
  return [...(connection === 'default' ? [] : [connection]), project, loop].join(' / ');
}
