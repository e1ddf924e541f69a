import { NOTICE_KINDS, type NoticeOptions, type Rung } from '../../contracts/notice.ts';
import { writeDuration } from '../../notation/duration.ts';
import { WEEKDAYS } from '../schema/notify.ts';

/** Who is told of what, in words. */
export function noticeRows(notices: NoticeOptions | null): readonly (readonly [string, string])[] {
  if (notices === null) return [['told of', 'nothing: nobody is told']];
  const { channels, kinds, leads, ladder, workingHours, digestAt } = notices;
  const what = kinds === undefined || kinds.length === NOTICE_KINDS.length ? 'everything' : kinds.join(', ');
  const hours =
    workingHours === null
      ? 'at any time'
      : `${workingHours.days.map((day) => WEEKDAYS[day - 1]).join(' ')} from ${workingHours.from} to ${workingHours.to} ${workingHours.timeZone}`;
  const whom = leads.length === 0 ? 'no lead is named' : `leads: ${leads.join(', ')}`;
  return [
    ['told of', `${what}, by ${channels.join(', ')}; ${whom}`],
    ['reminded', `${ladder.length === 0 ? 'nobody' : ladder.map(rungWords).join(', ')}; ${hours}`],
    ...(digestAt === null ? [] : [['digest', `daily at ${digestAt}`] as const]),
  ];
}

function rungWords({ beforeMs, whom }: Rung): string {
  return `${whom} ${writeDuration(Math.abs(beforeMs))} ${beforeMs > 0 ? 'before' : 'after'} the deadline`;
}
