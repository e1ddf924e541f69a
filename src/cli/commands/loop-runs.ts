import type { Command } from 'commander';
import type { LoopView } from '../../operations/loops/describe-loop.ts';
import { describeCommand, note, printJson, printLine, withOperations, type AddCommand } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { loopText } from '../../contracts/ids.ts';
import { formatLoop, formatLoops } from '../format/loop.ts';
import { formatLoopPlan } from '../format/loop-plan.ts';
import { DEFAULT_LOOP_FILE, readLoopInput } from '../loop-input.ts';
import { sayIfNoWorker } from '../say-workers.ts';

interface Flags {
  readonly config: string;
  readonly json?: true;
}

/** Adds the two ways to name the file of a loop: as an argument, and by a flag as `start` has it. */
export function withFile(command: Command): Command {
  return command
    .argument('[FILE]', `file of the loop (default: ${DEFAULT_LOOP_FILE})`)
    .option('--config <FILE>', 'the same', DEFAULT_LOOP_FILE);
}

/** Adds `loop plan`, `loop start`, `loop list` and `loop status`. */
export const addLoopRuns: AddCommand = (parent, context, end) => {
  withFile(
    describeCommand(parent, {
      usage: 'plan',
      summary: 'show what the next iteration would do, which frames it would have and why, and change nothing',
      example: 'loop plan maskloop.yaml',
    }),
  ).action(async (file: string | undefined, { config, json }: Flags) => {
    end(await plan(context, { config: file ?? config, quiet: json === true }));
  });
  withFile(
    describeCommand(parent, {
      usage: 'start',
      summary: 'start a loop, join the one that runs, or go on with one that has ended',
      example: 'loop start maskloop.yaml',
    }),
  ).action(async (file: string | undefined, { config, json }: Flags) => {
    end(await start(context, { config: file ?? config, quiet: json === true }));
  });
  describeCommand(parent, { usage: 'list', summary: 'list the loops', example: 'loop list' }).action(
    async ({ json }: Pick<Flags, 'json'>) => {
      const rows = await withOperations(context, async ({ loops }) => loops.list());
      if (json === true) printJson(context, rows);
      else if (rows.length === 0) note(context, 'There is no loop yet; begin with: maskloop loop start');
      else context.stdout.write(formatLoops(rows, context.now()));
      end(EXIT.done);
    },
  );
  describeCommand(parent, {
    usage: 'status [NAME]',
    summary: 'show where a loop is, what it waits for, and what can be answered',
    example: 'loop status vessels',
  }).action(async (given: string | undefined, { json }: Pick<Flags, 'json'>) => {
    const view = await withOperations(context, async (operations) => {
      const found = await operations.loops.describe((await operations.loops.resolve(given)).id);
      if (found.state === 'running' && !found.workerAnswers) await sayIfNoWorker(context, operations);
      return found;
    });
    if (json === true) printJson(context, view);
    else context.stdout.write(formatLoop(view, context.now()));
    end(exitCodeOfLoop(view));
  });
};

/** Which file, and whether only JSON is wanted. */
type Given = Parameters<typeof readLoopInput>[2];

async function plan(context: CliContext, given: Given): Promise<ExitCode> {
  const planned = await withOperations(context, async (operations) => {
    const { loop } = await readLoopInput(context, operations, given);
    return operations.loops.plan(loop);
  });
  if (given.quiet) printJson(context, planned);
  else context.stdout.write(formatLoopPlan(planned));
  const { tooFew, iteration } = planned;
  return tooFew === null && (iteration?.troubles.length ?? 0) === 0 ? EXIT.done : EXIT.attention;
}

async function start(context: CliContext, given: Given): Promise<ExitCode> {
  const { id, outcome, ends } = await withOperations(context, async (operations) => {
    const { loop } = await readLoopInput(context, operations, given);
    const begun = await operations.loops.start({ loop, by: context.user });
    return begun;
  });
  if (given.quiet) printJson(context, { id, outcome, ends });
  else {
    printLine(context, loopText(id));
    const running = ends
      ? 'was running already, and ends after the iteration that runs'
      : 'was running already with the same policy';
    note(context, `${outcome === 'started' ? 'started' : running}; see it with: maskloop loop status ${loopText(id)}`);
  }
  return EXIT.done;
}

/** 3 where a person has to answer. */
function exitCodeOfLoop({ status }: LoopView): ExitCode {
  return status?.phase === 'asking' ? EXIT.attention : EXIT.done;
}
