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
import { parseClock, parseLadder, parseWorkingHours } from '../notation/notice-times.ts';
import { parseNoticeBook } from '../notify/read-notice-book.ts';
import { argument, parseNames } from './arguments.ts';
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
    argument(parseLadder),
  );
  option(
    '--working-hours <TIMES>',
    'when to remind: "1-5 09:00-17:00 Europe/Berlin", 1 is Monday',
    argument(parseWorkingHours),
  );
  option('--digest <TIME>', 'a daily summary for the leads at this time: 08:30', argument(parseClock));
  command.option('--notice-book <FILE>', 'addresses of people, and texts of your own; see docs/notices.md');
}

function parseChannels(text: string): readonly Channel[] {
  const names = parseNames(text);
  const known = CHANNELS.filter((channel) => names.includes(channel));
  if (known.length === names.length) return known;
  throw new InvalidArgumentError(`Write one or several of ${CHANNELS.join(', ')}, with commas between them.`);
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
