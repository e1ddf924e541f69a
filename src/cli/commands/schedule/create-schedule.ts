import { InvalidArgumentError, Option, type Command } from 'commander';
import { OVERLAPS, type Overlap } from '../../../contracts/schedule.ts';
import { ownTimeZone, timeZoneNamed } from '../../../contracts/time-zone.ts';
import { writeDuration } from '../../../notation/duration.ts';
import { parseDuration } from '../../arguments.ts';
import { describeCommand, note, printJson, printLine, withOperations } from '../../command.ts';
import type { CliContext } from '../../context.ts';
import { EXIT, type ExitCode } from '../../exit-codes.ts';
import { scheduleTimesInWords } from '../../format/schedules.ts';
import { loopPlace, type LoopFlags } from '../../loop-place.ts';

interface Flags extends LoopFlags {
  readonly every?: number;
  readonly offset: number;
  readonly cron: readonly string[];
  readonly timeZone: string;
  readonly jitter: number;
  readonly overlap: Overlap;
  readonly catchUp: number;
  readonly paused?: true;
  readonly note: string;
  readonly json?: true;
}

const CATCH_UP_MS = 60 * 60_000;

/** `schedule create`. */
export function addCreate(parent: Command, context: CliContext, end: (code: ExitCode) => void): void {
  describeCommand(parent, {
    usage: 'create <LOOP>',
    summary: 'have a loop asked for an iteration at certain times; its pace has to be `schedule`',
    example: 'schedule create tools --cron "0 8 * * MON-FRI" --time-zone Europe/Berlin',
  })
    .option('--project <P>', 'project of the loop, where several have the name')
    .option('--connection <NAME>', 'connection of the loop')
    .option('--every <DURATION>', 'at an interval: 12h, 7d', parseDuration)
    .addOption(duration('--offset', 'so long after each interval begins; intervals count from 1970, in UTC', 0))
    .addOption(
      new Option('--cron <FIELDS>', 'at times as cron writes them; may be given again')
        .argParser(another)
        .default([], 'none'),
    )
    .addOption(
      new Option('--time-zone <TZ>', 'of --cron').argParser(timeZone).default(ownTimeZone(), 'that of this machine'),
    )
    .addOption(duration('--jitter', 'a random part of up to so much is added', 0))
    .addOption(
      new Option('--overlap <WHAT>', 'while an iteration of the loop runs: skip, or begin when it has ended (buffer)')
        .choices(OVERLAPS)
        .default('skip'),
    )
    .addOption(duration('--catch-up', 'make up for a time that Temporal was away at, if not older', CATCH_UP_MS))
    .option('--paused', 'begin paused')
    .addOption(new Option('--note <TEXT>', 'say why').default('', 'none'))
    .action(async (loop: string, flags: Flags) => end(await create(context, loop, flags)));
}

/** A flag with a duration, whose default the help writes as people do. */
function duration(flag: string, description: string, milliseconds: number): Option {
  const option = new Option(`${flag} <DURATION>`, description).argParser(parseDuration);
  return option.default(milliseconds, writeDuration(milliseconds));
}

async function create(context: CliContext, given: string, flags: Flags): Promise<ExitCode> {
  const { every = null, offset, cron, jitter, catchUp, overlap, paused = false } = flags;
  const times = {
    everyMs: every,
    offsetMs: offset,
    cron,
    timeZone: flags.timeZone,
    jitterMs: jitter,
    catchUpMs: catchUp,
  };
  const view = await withOperations(context, async ({ loops, schedules }) => {
    const loop = await loopPlace({ loops }, given, flags);
    await schedules.create({ loop, times, overlap, by: context.user, paused, note: flags.note });
    return schedules.describe(loop);
  });
  if (flags.json === true) printJson(context, view);
  else {
    printLine(context, `${view.terms.loop.name}: ${scheduleTimesInWords(times)}`);
    note(context, view.paused ? 'it is paused' : `next: ${view.next.slice(0, 3).join(', ') || 'never'}`);
  }
  return EXIT.done;
}

function another(text: string, before: readonly string[]): string[] {
  return [...before, text];
}

function timeZone(name: string): string {
  const known = timeZoneNamed(name);
  if (known !== null) return known;
  throw new InvalidArgumentError(`There is no time zone ${name}; write one like Europe/Berlin, or UTC.`);
}
