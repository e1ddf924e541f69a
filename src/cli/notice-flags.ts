import { extname } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { parseDocument } from 'yaml';
import { MaskloopError } from '../contracts/error.ts';
import {
  CHANNELS,
  DEFAULT_LADDER,
  type Channel,
  type NoticeOptions,
  type Rung,
  type WorkingHours,
} from '../contracts/notice.ts';
import type { ArtifactRef } from '../contracts/refs.ts';
import { isTimeZone, ownTimeZone } from '../contracts/time-zone.ts';
import { TIME_OF_DAY } from '../notation/training-window.ts';
import { parseNoticeBook } from '../notify/read-notice-book.ts';
import { parseDuration, parseNames } from './arguments.ts';
import type { CliContext } from './context.ts';
import { UsageError } from './exit-codes.ts';
import { readInputFile } from './read-input-file.ts';

/** Flags of `start` about telling people. */
export interface NoticeFlags {
  readonly notify?: readonly Channel[];
  /** User names in CVAT. */
  readonly leads?: readonly string[];
  readonly remind?: readonly Rung[];
  readonly workingHours?: WorkingHours;
  /** `HH:MM`. */
  readonly digest?: string;
  /** Path of a file. */
  readonly noticeBook?: string;
}

/** Adds the flags to `start`. */
export function addNoticeFlags(command: Command): void {
  const option = (flag: string, text: string, parse: (given: string) => unknown): void => {
    command.addOption(new Option(flag, text).argParser(parse));
  };
  option('--notify <CHANNELS>', 'tell people: slack, email, webhook, or several: slack,email', parseChannels);
  option('--leads <USERS>', 'CVAT users who hear of decisions, servers and deadlines: lena,max', parseNames);
  option(
    '--remind <RUNGS>',
    'reminders before and, with a minus, after the deadline: assignee=3d,assignee=1d,lead=-1d',
    parseLadder,
  );
  option('--working-hours <TIMES>', 'when to remind: "1-5 09:00-17:00 Europe/Berlin", 1 is Monday', parseWorkingHours);
  option('--digest <TIME>', 'a daily summary for the leads at this time: 08:30', parseClock);
  command.option('--notice-book <FILE>', 'addresses of people, and texts of your own; see docs/notices.md');
}

function parseChannels(text: string): readonly Channel[] {
  const names = parseNames(text);
  const known = CHANNELS.filter((channel) => names.includes(channel));
  if (known.length === names.length) return known;
  throw new InvalidArgumentError(`Write one or several of ${CHANNELS.join(', ')}, with commas between them.`);
}

/** `assignee=3d,lead=-1d`. */
export function parseLadder(text: string): readonly Rung[] {
  return text.split(',').map((part) => {
    const [, whom = '', sign = '', duration = ''] = /^\s*(\w+)=(-?)(.+?)\s*$/.exec(part) ?? [];
    if (whom !== 'assignee' && whom !== 'reviewer' && whom !== 'lead') {
      throw new InvalidArgumentError('Write whom to remind and when: assignee=3d,reviewer=1d,lead=-1d.');
    }
    const beforeMs = parseDuration(duration);
    return { whom, beforeMs: sign === '-' ? -beforeMs : beforeMs };
  });
}

function parseClock(text: string): string {
  if (TIME_OF_DAY.test(text.trim())) return text.trim();
  throw new InvalidArgumentError('Write a time of day: 08:30.');
}

/** `1-5 09:00-17:00 Europe/Berlin`; without a time zone it is that of this machine. */
export function parseWorkingHours(text: string): WorkingHours {
  const [weekdays = '', times = '', timeZone = ownTimeZone()] = text.trim().split(/\s+/);
  const [, first = '', last = first] = /^([1-7])(?:-([1-7]))?$/.exec(weekdays) ?? [];
  const [from = '', to = ''] = times.split('-');
  if (first === '' || Number(last) < Number(first) || !TIME_OF_DAY.test(from) || !TIME_OF_DAY.test(to) || from === to) {
    throw new InvalidArgumentError(
      'Write days, times and a time zone if it is another: "1-5 09:00-17:00 Europe/Berlin".',
    );
  }
  if (!isTimeZone(timeZone))
    throw new InvalidArgumentError(`There is no time zone ${timeZone}; write one like Europe/Berlin.`);
  const days = Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => Number(first) + index);
  return { from, to, days, timeZone };
}

/** Whom to tell of what; null for nobody. @throws UsageError for flags that have no meaning without `--notify` */
export function noticesOf(flags: NoticeFlags, book: ArtifactRef | null): NoticeOptions | null {
  const { notify, leads, remind, workingHours, digest, noticeBook } = flags;
  if (notify !== undefined) {
    return {
      channels: notify,
      leads: leads ?? [],
      ladder: remind ?? DEFAULT_LADDER,
      workingHours: workingHours ?? null,
      digestAt: digest ?? null,
      book,
    };
  }
  const given = {
    '--leads': leads,
    '--remind': remind,
    '--working-hours': workingHours,
    '--digest': digest,
    '--notice-book': noticeBook,
  };
  const [flag] = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (flag !== undefined) throw new UsageError(`${flag} has no meaning without --notify.`);
  return null;
}

/**
 * Stores the notice book that the flags name, YAML or JSON without its `schema`; null for none.
 *
 * @throws MaskloopError `UnreadableFile`, `InvalidNotices`
 */
export async function readBook(context: CliContext, { noticeBook: file }: NoticeFlags): Promise<ArtifactRef | null> {
  if (file === undefined) return null;
  const text = (await readInputFile('notice book', file)).toString('utf8');
  const document = parseDocument(text, { prettyErrors: true });
  const [problem] = document.errors;
  if (problem !== undefined) {
    const kind = extname(file) === '.json' ? 'JSON' : 'YAML';
    throw new MaskloopError('InvalidNotices', `${file} is no ${kind}: ${problem.message}`, { facts: { where: file } });
  }
  const given: unknown = document.toJS();
  const defaults = { schema: 'maskloop.notices/1', people: {}, templates: {} };
  const filled = typeof given === 'object' && given !== null ? { ...defaults, ...given } : given;
  return context.putArtifact(Buffer.from(`${JSON.stringify(parseNoticeBook(filled, file), null, 2)}\n`));
}
