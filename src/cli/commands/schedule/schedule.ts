import type { Command } from 'commander';
import { describeCommand, note, printJson, printLine, withOperations, type AddCommand } from '../../command.ts';
import type { CliContext } from '../../context.ts';
import { EXIT, type ExitCode } from '../../exit-codes.ts';
import { formatSchedule, formatSchedules } from '../../format/schedules.ts';
import { loopPlace, type LoopFlags } from '../../loop-place.ts';
import { parseTime } from '../../time-argument.ts';
import type { ScheduleSteering } from '../../../operations/schedules/steer-schedule.ts';
import { addCreate } from './create-schedule.ts';

interface Flags extends LoopFlags {
  readonly json?: true;
  readonly note?: string;
  readonly from?: string;
  readonly to?: string;
}

type End = (code: ExitCode) => void;

/** Schedules of loops. */
export const addSchedule: AddCommand = (program, context, end) => {
  const parent = program.command('schedule').description('have loops asked for iterations at certain times');
  addCreate(parent, context, end);
  addReading(parent, context, end);
  const steer = (usage: string, summary: string, done: string): Command =>
    ofLoop(parent, usage, summary).action(async (loop: string, flags: Flags) => {
      const [word = ''] = usage.split(' ');
      end(await steerOne(context, { loop, flags, steering: steeringOf(word, flags), done }));
    });
  steer('pause', 'ask no more until it is resumed', 'is paused').option('--note <TEXT>', 'say why', '');
  steer('resume', 'ask again', 'asks again').option('--note <TEXT>', 'say why', '');
  steer('trigger', 'ask now', 'has asked; see `schedule describe` for what came of it');
  steer('delete', 'ask no more; loop and iterations go on', 'has no schedule any more');
  steer('backfill', 'ask for all times of a span, as if they were now', 'asks for them')
    .requiredOption('--from <TIME>', 'begin of the span, as ISO 8601 writes it', parseTime)
    .requiredOption('--to <TIME>', 'end of the span', parseTime);
};

function ofLoop(parent: Command, name: string, summary: string): Command {
  return describeCommand(parent, {
    usage: `${name} <LOOP>`,
    summary,
    example: `schedule ${name} tools`,
  })
    .option('--project <P>', 'project of the loop, where several have the name')
    .option('--connection <NAME>', 'connection of the loop');
}

function addReading(parent: Command, context: CliContext, end: End): void {
  describeCommand(parent, { usage: 'list', summary: 'list all schedules', example: 'schedule list' }).action(
    async ({ json }: Flags) => {
      const rows = await withOperations(context, ({ schedules }) => schedules.list());
      if (json === true) printJson(context, rows);
      else if (rows.length === 0) note(context, 'There is no schedule; see `maskloop schedule create --help`');
      else context.stdout.write(formatSchedules(rows));
      end(EXIT.done);
    },
  );
  ofLoop(parent, 'describe', 'show when it asks, and what came of the last times').action(
    async (loop: string, flags: Flags) => {
      const view = await withOperations(context, async ({ loops, schedules }) => {
        return schedules.describe(await loopPlace({ loops }, loop, flags));
      });
      if (flags.json === true) printJson(context, view);
      else context.stdout.write(formatSchedule(view));
      end(EXIT.done);
    },
  );
}

function steeringOf(word: string, { note: text = '', from = '', to = '' }: Flags): ScheduleSteering {
  if (word === 'pause' || word === 'resume') return { what: word, note: text };
  if (word === 'backfill') return { what: word, from, to };
  return { what: word === 'delete' ? 'delete' : 'trigger' };
}

async function steerOne(
  context: CliContext,
  given: { readonly loop: string; readonly flags: Flags; readonly steering: ScheduleSteering; readonly done: string },
): Promise<ExitCode> {
  const { steering } = given;
  const noted =
    steering.what === 'pause' || steering.what === 'resume'
      ? { ...steering, note: [steering.note, `(${context.user})`].filter((part) => part !== '').join(' ') }
      : steering;
  const loop = await withOperations(context, async ({ loops, schedules }) => {
    const place = await loopPlace({ loops }, given.loop, given.flags);
    await schedules.steer(place, noted);
    return place;
  });
  if (given.flags.json === true) printJson(context, { loop, ...noted });
  else printLine(context, `${loop.name} ${given.done}`);
  return EXIT.done;
}
