import { z } from 'zod';
import { CHANNELS, NOTICE_KINDS, type NoticeOptions } from '../contracts/notice.ts';
import { isTimeZone } from '../contracts/time-zone.ts';

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is no time of day, such as 08:30');

const workingHours = z
  .strictObject({
    from: clock,
    to: clock,
    days: z.array(z.int().min(1).max(7)).min(1),
    timeZone: z.string().refine(isTimeZone, 'is no time zone, such as Europe/Berlin'),
  })
  .refine(({ from, to }) => from !== to, 'begin and end at the same time');

/** Form of {@link NoticeOptions}, in inputs of iterations, in policies of loops, and as the daily digest keeps them. */
export const noticeOptionsSchema: z.ZodType<NoticeOptions> = z.object({
  channels: z.array(z.enum(CHANNELS)),
  kinds: z.array(z.enum(NOTICE_KINDS)).exactOptional(),
  leads: z.array(z.string()),
  ladder: z.array(z.object({ beforeMs: z.number(), whom: z.enum(['assignee', 'reviewer', 'lead']) })),
  workingHours: workingHours.nullable(),
  digestAt: clock.nullable(),
  book: z.object({ uri: z.string(), sha256: z.string(), bytes: z.number() }).nullable(),
});
