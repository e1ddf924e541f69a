import { Option, type Command } from 'commander';
import {
  LAST_POLICIES,
  MOST_EXTENSIONS,
  type AtDeadline,
  type LastPolicy,
  type MoreTime,
} from '../contracts/deadline.ts';
import { parseDuration, parseNames, wholeNumber } from './arguments.ts';
import { UsageError } from './exit-codes.ts';

/** Flags of `start` about deadlines that move by themselves. */
export interface MoreTimeFlags {
  /** Milliseconds. */
  readonly extendBy?: number;
  readonly extendTimes?: number;
  /** User names. */
  readonly reassignTo?: readonly string[];
  readonly atLastDeadline?: LastPolicy;
}

/** Adds the flags to `start`. */
export function addMoreTimeFlags(command: Command): void {
  command
    .addOption(
      new Option('--extend-by <DURATION>', 'with --at-deadline extend or reassign: so much later it is then').argParser(
        parseDuration,
      ),
    )
    .addOption(
      new Option('--extend-times <N>', 'how often the deadline is moved (default: 1)').argParser(
        wholeNumber(1, MOST_EXTENSIONS),
      ),
    )
    .option('--reassign-to <NAMES>', 'with --at-deadline reassign: who is given the open jobs of others', parseNames)
    .addOption(
      new Option('--at-last-deadline <POLICY>', 'what happens after these (default: attention)').choices(LAST_POLICIES),
    );
}

/**
 * How the deadline is moved by itself; null where it is not.
 *
 * @throws UsageError for flags that a policy needs, and for those that have no meaning with it
 */
export function moreTimeOf(flags: MoreTimeFlags, policy: AtDeadline | undefined): MoreTime | null {
  const { extendBy, extendTimes = 1, reassignTo, atLastDeadline = 'attention' } = flags;
  if (policy !== 'extend' && policy !== 'reassign') {
    const given = { '--extend-by': extendBy, '--extend-times': flags.extendTimes };
    refuse({ ...given, '--reassign-to': reassignTo, '--at-last-deadline': flags.atLastDeadline }, 'extend or reassign');
    return null;
  }
  if (policy === 'extend') refuse({ '--reassign-to': reassignTo }, 'reassign');
  if (extendBy === undefined || extendBy === 0) {
    throw new UsageError(`Pass --extend-by DURATION, the time that people get with --at-deadline ${policy}.`);
  }
  if (policy === 'reassign' && reassignTo === undefined) {
    throw new UsageError('Pass --reassign-to ana,ben, who are given the open jobs of others.');
  }
  return { byMs: extendBy, times: extendTimes, people: reassignTo ?? [], last: atLastDeadline };
}

function refuse(given: Readonly<Record<string, unknown>>, policies: string): void {
  for (const [flag, value] of Object.entries(given)) {
    if (value !== undefined) throw new UsageError(`${flag} has no meaning without --at-deadline ${policies}.`);
  }
}
