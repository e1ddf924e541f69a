import { z } from 'zod';
import { CHANNELS, NOTICE_KINDS, type NoticeKind } from '../../contracts/notice.ts';
import { isTimeZone } from '../../contracts/time-zone.ts';
import { filledText, templatesByKind } from '../../notify/text/templates-schema.ts';
import { TIME_OF_DAY } from '../../notation/training-window.ts';
import { choice, contradiction, duration, names, text } from './fields.ts';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const WORKDAYS: readonly (typeof WEEKDAYS)[number][] = ['mon', 'tue', 'wed', 'thu', 'fri'];

const timeOfDay = (description: string) =>
  z.string('must be a time: "08:30"').regex(TIME_OF_DAY, 'must be a time: "08:30"').describe(description);
const timeZone = (description: string) =>
  z
    .string('must be a text')
    .refine(isTimeZone, 'is no time zone; write one like Europe/Berlin, or UTC')
    .describe(description);

const rung = z
  .strictObject({
    before: duration('so long before the deadline').optional(),
    after: duration('or so long after it').optional(),
    whom: choice(['assignee', 'reviewer', 'lead'], 'whom to remind'),
  })
  .refine(
    ({ before, after }) => (before === undefined) !== (after === undefined),
    'must say before or after, one of them',
  );

const workingHours = z
  .strictObject({
    from: timeOfDay('begin'),
    to: timeOfDay('end'),
    days: z
      .array(choice(WEEKDAYS, 'day of the week'), 'must be a list of days: [mon, tue, wed, thu, fri]')
      .min(1, 'must name a day')
      .describe('working days (default: mon to fri)')
      .default([...WORKDAYS]),
    timeZone: timeZone('whose clocks count'),
  })
  .refine(({ from, to }) => from < to, { message: 'must be later than from', path: ['to'] })
  .describe('when people may be disturbed by what can wait (default: always)');

const person = z
  .strictObject({
    email: z.email('must be an e-mail address').describe('e-mail address').optional(),
    slack: z
      .string('must be a text')
      .regex(/^[UW][A-Z0-9]{2,20}$/, 'must be a member id of Slack: U012AB3CD')
      .describe('member id in Slack')
      .optional(),
    timeZone: timeZone('whose clocks count for this person').optional(),
  })
  .refine(({ email, slack }) => email !== undefined || slack !== undefined, 'must have email or slack');

function template(kind: NoticeKind) {
  const subject = text('subject of an e-mail').regex(/^[^\r\n]*$/, 'must be one line');
  const words = text('text, with {placeholders}');
  return z
    .strictObject({ subject: filledText(kind, subject).optional(), text: filledText(kind, words).optional() })
    .describe(`of a notice of the kind ${kind}`)
    .optional();
}

/** Section `notify`: who is told of what, where, and when. */
export const notifySchema = z
  .strictObject({
    channels: z
      .array(choice(CHANNELS, 'channel'), `must be a list of ${CHANNELS.join(', ')}`)
      .min(1, 'must name a channel')
      .refine((list) => new Set(list).size === list.length, 'names a channel twice')
      .describe("where notices go; addresses and passwords of the services come from the worker's environment"),
    kinds: z
      .array(choice(NOTICE_KINDS, 'kind of notice'), 'must be a list of kinds of notices')
      .describe('what people are told of (default: everything)')
      .optional(),
    leads: names('user name', 'user names in CVAT of leads').default([]),
    remind: z
      .array(rung, 'must be a list')
      .describe('reminders around the deadline (default: 3 days and 1 day before it, and 1 day after)')
      .optional(),
    workingHours: workingHours.optional(),
    digest: timeOfDay(
      'when the daily digest is sent, in the time zone of the working hours (default: none)',
    ).optional(),
    people: z
      .record(z.string().min(1), person, { error: 'must name people by their user name in CVAT' })
      .describe('addresses by user name in CVAT')
      .default({}),
    templates: templatesByKind(template).describe('texts that replace ours, by kind of notice').default({}),
  })
  .refine(
    ({ digest, workingHours: hours }) => digest === undefined || hours !== undefined,
    contradiction('digest', 'needs workingHours, whose time zone counts'),
  )
  .describe('who is told of what, where, and when');
