import { InvalidArgumentError, Option, type Command } from 'commander';
import { AT_DEADLINE, type AtDeadline, type DeadlineOptions } from '../contracts/deadline.ts';
import type { ReviewOptions } from '../contracts/waiting.ts';
import { parseCompleteWhen as readCompleteWhen } from '../notation/completion-rule.ts';
import { argument, parseDuration, wholeNumber } from './arguments.ts';
import { parseTime } from './time-argument.ts';
import { UsageError } from './exit-codes.ts';
import { addMoreTimeFlags, moreTimeOf, type MoreTimeFlags } from './more-time-flags.ts';

/** A time, or one counted from the start. */
export type DeadlineFlag = { readonly at: string } | { readonly afterMs: number };

/** Flags of `start` about people, their time and their reviewers. */
export interface PeopleFlags extends MoreTimeFlags {
  readonly deadline?: DeadlineFlag;
  readonly atDeadline?: AtDeadline;
  /** User names. */
  readonly review?: readonly string[];
  /** From 0 to 1. */
  readonly reviewShare?: number;
  readonly reviewMostChanged?: number;
}

/** Adds the flags to `start`. */
export function addPeopleFlags(command: Command): void {
  command
    .addOption(
      new Option('--complete-when <RULE>', 'state, acceptance, or fraction=0.9 of the frames in completed jobs')
        .argParser(parseCompleteWhen)
        .default({ rule: 'state' }, 'state: every job is completed, accepted or not'),
    )
    .addOption(
      new Option('--deadline <TIME>', 'until when people have time: 14d, or 2026-12-01T18:00').argParser(parseDeadline),
    )
    .addOption(
      new Option(
        '--at-deadline <POLICY>',
        'what happens then: ask, go on with completed jobs, also carry the others, or give more time first',
      ).choices(AT_DEADLINE),
    )
    .addOption(
      new Option('--review <USERS>', 'have completed jobs reviewed by these CVAT users: ana,ben').argParser(parseUsers),
    )
    .addOption(new Option('--review-share <FRACTION>', 'review this share of the jobs').argParser(parseShare))
    .addOption(
      new Option('--review-most-changed <N>', 'review the jobs whose shapes people changed most').argParser(
        wholeNumber(1, 100),
      ),
    );
  addMoreTimeFlags(command);
}

/** `state`, `acceptance`, `fraction=0.9`. */
export const parseCompleteWhen = argument(readCompleteWhen);

/** A duration from now, or a time as ISO 8601 writes it; without a zone it is that of this machine. */
export function parseDeadline(text: string): DeadlineFlag {
  if (!/^\d{4}-/.test(text.trim())) return { afterMs: parseDuration(text) };
  return { at: parseTime(text) };
}

/** User names, separated by commas, each once. */
function parseUsers(text: string): readonly string[] {
  const names = [...new Set(text.split(',').map((name) => name.trim()))].filter((name) => name !== '');
  if (names.length > 0) return names;
  throw new InvalidArgumentError('Write user names of CVAT, separated by commas: ana,ben.');
}

function parseShare(text: string): number {
  const share = /^\d*\.?\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (share > 0 && share <= 1) return share;
  throw new InvalidArgumentError('Write a number above 0 and up to 1, such as 0.2.');
}

/**
 * Until when people have time; null for no deadline.
 *
 * @throws UsageError for a deadline that is not in the future, a policy without one, and for flags that do not go together
 */
export function deadlineOf(flags: PeopleFlags, now: Date): DeadlineOptions | null {
  const { deadline, atDeadline } = flags;
  const more = moreTimeOf(flags, atDeadline);
  if (deadline === undefined) {
    if (atDeadline !== undefined) throw new UsageError('--at-deadline has no meaning without --deadline.');
    return null;
  }
  const then = { policy: atDeadline ?? 'attention', ...(more === null ? {} : { more }) };
  if ('afterMs' in deadline) {
    const { afterMs } = deadline;
    return { at: new Date(now.getTime() + afterMs).toISOString(), afterMs, ...then };
  }
  if (Date.parse(deadline.at) <= now.getTime()) throw new UsageError(`--deadline ${deadline.at} is not in the future.`);
  return { at: deadline.at, afterMs: null, ...then };
}

/** Who looks at which jobs again; null for nobody. @throws UsageError for flags that do not go together */
export function reviewOf({ review, reviewShare, reviewMostChanged }: PeopleFlags): ReviewOptions | null {
  const given = { '--review-share': reviewShare, '--review-most-changed': reviewMostChanged };
  const named = Object.entries(given).filter(([, value]) => value !== undefined);
  if (review === undefined) {
    const [flag] = named.map(([name]) => name);
    if (flag !== undefined) throw new UsageError(`${flag} has no meaning without --review.`);
    return null;
  }
  if (named.length > 1) throw new UsageError('Pass --review-share or --review-most-changed, not both.');
  if (reviewShare !== undefined) return { reviewers: review, pick: { kind: 'share', share: reviewShare } };
  if (reviewMostChanged === undefined) return { reviewers: review, pick: { kind: 'all' } };
  return { reviewers: review, pick: { kind: 'mostChanged', jobs: reviewMostChanged } };
}
