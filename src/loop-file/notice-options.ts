import { DEFAULT_LADDER, type NoticeBook, type NoticeOptions } from '../contracts/notice.ts';
import type { ArtifactRef } from '../contracts/refs.ts';
import type { LoopFile } from './schema/loop-file.ts';
import { WEEKDAYS } from './schema/notify.ts';

type Notify = NonNullable<LoopFile['notify']>;

/** Who is told of what, by section `notify` and the stored book of addresses and texts. */
export function noticeOptions(notify: Notify, book: ArtifactRef | null): NoticeOptions {
  const { channels, kinds, leads, remind, workingHours, digest } = notify;
  return {
    channels,
    ...(kinds === undefined ? {} : { kinds }),
    leads,
    ladder: remind?.map(({ before, after = 0, whom }) => ({ beforeMs: before ?? -after, whom })) ?? DEFAULT_LADDER,
    workingHours:
      workingHours === undefined
        ? null
        : {
            ...workingHours,
            days: workingHours.days.map((day) => WEEKDAYS.indexOf(day) + 1).toSorted((a, b) => a - b),
          },
    digestAt: digest ?? null,
    book,
  };
}

/** How people are reached and which texts are replaced; null for neither. */
export function noticeBook({ people, templates }: Notify): NoticeBook | null {
  if (Object.keys(people).length + Object.keys(templates).length === 0) return null;
  return {
    schema: 'maskloop.notices/1',
    people: Object.fromEntries(
      Object.entries(people).map(([name, { email, slack, timeZone }]) => [
        name,
        {
          ...(email === undefined ? {} : { email }),
          ...(slack === undefined ? {} : { slack }),
          ...(timeZone === undefined ? {} : { timeZone }),
        },
      ]),
    ),
    templates: Object.fromEntries(
      Object.entries(templates).map(([kind, { subject, text } = {}]) => [
        kind,
        { ...(subject === undefined ? {} : { subject }), ...(text === undefined ? {} : { text }) },
      ]),
    ),
  };
}
