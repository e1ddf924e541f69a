import { z } from 'zod';
import { MaskloopError } from '../contracts/error.ts';
import type { NoticeBook, NoticeKind } from '../contracts/notice.ts';
import { namesIn } from './text/fill-template.ts';
import { KNOWN_PLACEHOLDERS } from './text/placeholders.ts';
import { isTimeZone } from './time/zoned-time.ts';

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

function knows(kind: NoticeKind) {
  return z.string().superRefine((given, context) => {
    for (const name of namesIn(given)) {
      const known: readonly string[] = KNOWN_PLACEHOLDERS[kind];
      if (known.includes(name)) continue;
      context.addIssue({
        code: 'custom',
        message: `has the placeholder {${name}}; ${kind} knows {${known.join('}, {')}}`,
      });
    }
  });
}

function template(kind: NoticeKind) {
  return z.strictObject({ subject: knows(kind).exactOptional(), text: knows(kind).exactOptional() }).exactOptional();
}

const templates = z.strictObject({
  'task-ready': template('task-ready'),
  reminder: template('reminder'),
  deadline: template('deadline'),
  attention: template('attention'),
  'server-away': template('server-away'),
  'server-back': template('server-back'),
  'training-done': template('training-done'),
  'loop-stopped': template('loop-stopped'),
  digest: template('digest'),
} satisfies Record<NoticeKind, unknown>);

/** Form of document `maskloop.notices/1`: people by user name in CVAT, and texts that replace ours. */
export const noticeBookSchema: z.ZodType<NoticeBook> = z.strictObject({
  schema: z.literal('maskloop.notices/1'),
  people: z.record(z.string().min(1), person),
  templates,
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
