import { z } from 'zod';
import { MaskloopError } from '../contracts/error.ts';
import type { NoticeBook, NoticeKind } from '../contracts/notice.ts';
import { isTimeZone } from '../contracts/time-zone.ts';
import { filledText, templatesByKind } from './text/templates-schema.ts';

const timeZone = z.string().refine(isTimeZone, 'is no time zone, such as Europe/Berlin');

const person = z.strictObject({
  email: z.email('is no e-mail address').exactOptional(),
  slack: z
    .string()
    .regex(
      /^[UW][A-Z0-9]{2,30}$/,
      'is no id of a member of Slack, such as U024BE7LH (in Slack: profile, copy member ID)',
    )
    .exactOptional(),
  timeZone: timeZone.exactOptional(),
});

function template(kind: NoticeKind) {
  const words = filledText(kind, z.string());
  return z.strictObject({ subject: words.exactOptional(), text: words.exactOptional() }).exactOptional();
}

/** Form of document `maskloop.notices/1`: people by user name in CVAT, and texts that replace ours. */
export const noticeBookSchema: z.ZodType<NoticeBook> = z.strictObject({
  schema: z.literal('maskloop.notices/1'),
  people: z.record(z.string().min(1), person),
  templates: templatesByKind(template),
});

/**
 * Checks a notice book as it was read from a file.
 *
 * @param where the file, for the message
 * @throws MaskloopError `InvalidNotices` naming each place, also for a placeholder that the kind does not know
 */
export function parseNoticeBook(value: unknown, where: string): NoticeBook {
  const parsed = noticeBookSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`);
  throw new MaskloopError(
    'InvalidNotices',
    `${where} cannot be used:\n${problems.map((line) => `  ${line}`).join('\n')}`,
    {
      facts: { where, problems },
    },
  );
}
