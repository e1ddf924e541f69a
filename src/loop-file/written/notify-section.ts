import { DEFAULT_LADDER, type NoticeBook, type NoticeOptions, type Rung } from '../../contracts/notice.ts';
import { writeDuration } from '../../notation/duration.ts';
import { WEEKDAYS } from '../schema/notify.ts';

/** Section `notify`; undefined where nobody is told. @param book addresses and texts; null for none */
export function notifySection(notices: NoticeOptions | null, book: NoticeBook | null): object | undefined {
  if (notices === null) return undefined;
  const { channels, kinds, leads, ladder, workingHours, digestAt } = notices;
  const isUsual = JSON.stringify(ladder) === JSON.stringify(DEFAULT_LADDER);
  return {
    channels,
    ...(kinds === undefined ? {} : { kinds }),
    leads,
    ...(isUsual ? {} : { remind: ladder.map(rung) }),
    ...(workingHours === null
      ? {}
      : { workingHours: { ...workingHours, days: workingHours.days.map((day) => WEEKDAYS[day - 1]) } }),
    ...(digestAt === null ? {} : { digest: digestAt }),
    people: book?.people ?? {},
    templates: book?.templates ?? {},
  };
}

function rung({ beforeMs, whom }: Rung): object {
  return beforeMs > 0 ? { before: writeDuration(beforeMs), whom } : { after: writeDuration(-beforeMs), whom };
}
