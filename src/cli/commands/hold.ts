import { Argument, Option } from 'commander';
import { HELD_NAMES, HELD_SERVERS, type HeldServer, type Hold } from '../../contracts/hold.ts';
import { describeCommand, note, printJson, withOperations, type AddCommand } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT, UsageError } from '../exit-codes.ts';
import { formatTable } from '../format/table.ts';
import { formatTime } from '../format/time.ts';
import { requireConnection } from '../require-connection.ts';
import { parseDeadline, type DeadlineFlag } from '../people-flags.ts';

interface Flags {
  readonly connection: string;
  readonly until?: DeadlineFlag;
  readonly note: string;
  readonly json?: true;
}

const CONNECTION = ['--connection <NAME>', 'whose server', 'default'] as const;

/** Adds `hold` and `unhold`. */
export const addHold: AddCommand = (program, context, end) => {
  describeCommand(program, {
    usage: 'hold',
    summary: 'hold a server for maintenance: nothing asks it, and iterations wait; without one, show what is held',
    example: 'hold cvat --until 2026-12-01T18:00 --note "moves to a new machine"',
  })
    .addArgument(new Argument('[SERVER]', 'which one').choices([...HELD_SERVERS]))
    .addOption(new Option('--until <TIME>', 'when it ends by itself: 2026-12-01T18:00, or 3h').argParser(parseDeadline))
    .option('--note <TEXT>', 'why, for those who wait', '')
    .option(...CONNECTION)
    .action(async (server: HeldServer | undefined, flags: Flags) => {
      if (server === undefined) await show(context, flags.json === true);
      else await hold(context, server, flags);
      end(EXIT.done);
    });
  describeCommand(program, {
    usage: 'unhold',
    summary: 'end a hold before its time; what waits for it goes on',
    example: 'unhold cvat',
  })
    .addArgument(new Argument('<SERVER>', 'which one').choices([...HELD_SERVERS]))
    .option(...CONNECTION)
    .action(async (server: HeldServer, { connection, json }: Flags) => {
      const wasHeld = await context.endHold({ connection, server });
      await wake(context, connection);
      if (json === true) printJson(context, { connection, server, wasHeld });
      else note(context, `${HELD_NAMES[server]} of ${connection} ${wasHeld ? 'is held no more' : 'was not held'}`);
      end(EXIT.done);
    });
};

async function hold(context: CliContext, server: HeldServer, flags: Flags): Promise<void> {
  const { connection, until: given, note: why, json } = flags;
  if (given === undefined) throw new UsageError('Say when it ends: --until 2026-12-01T18:00, or --until 3h.');
  requireConnection(context, connection);
  const now = context.now();
  const until = 'at' in given ? given.at : new Date(now.getTime() + given.afterMs).toISOString();
  if (Date.parse(until) <= now.getTime()) throw new UsageError('--until has passed.');
  await context.hold({ connection, server, until, note: why, by: context.user, at: now.toISOString() });
  if (json === true) printJson(context, { connection, server, until, note: why });
  else
    note(context, `${HELD_NAMES[server]} of ${connection} is held until ${formatTime(until)}; requests under way end`);
}

async function show(context: CliContext, isJson: boolean): Promise<void> {
  const holds = await context.listHolds();
  if (isJson) printJson(context, holds);
  else if (holds.length === 0) note(context, 'No server is held.');
  else context.stdout.write(`${formatTable(holds.map(rowOf))}\n`);
}

function rowOf({ server, connection, until, by, note: why }: Hold): readonly string[] {
  return [HELD_NAMES[server], connection, `until ${formatTime(until)}`, `by ${by}`, why];
}

/** Whoever waits for a server of the connection looks now, as far as Temporal is there to tell them. */
async function wake(context: CliContext, connection: string): Promise<void> {
  await withOperations(context, async (operations) => {
    const rows = [...(await operations.list()), ...(await operations.loops.list())];
    for (const { id, ...row } of rows) {
      if (row.state !== 'running' || row.connection !== connection || row.waitingFor !== 'server') continue;
      await operations.steer({ id, what: 'wake', sender: { by: context.user } });
    }
  });
}
