import { Argument } from 'commander';
import { LOOP_ANSWERS, type LoopAnswer } from '../../contracts/loop.ts';
import type { LoopOperations } from '../../operations/loops/loop-operations.ts';
import { describeCommand, note, printJson, withOperations, type AddCommand } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { loopText } from '../../contracts/ids.ts';
import { readLoopInput } from '../loop-input.ts';
import { withFile } from './loop-runs.ts';

interface Flags {
  readonly json?: true;
}

/** Does one thing with the loop that is meant, and says what has happened. */
async function steer(
  context: CliContext,
  { given, json }: { readonly given: string | undefined; readonly json: boolean },
  act: (loops: LoopOperations, id: string) => Promise<{ readonly done: string; readonly facts: object }>,
): Promise<ExitCode> {
  const { id, done, facts } = await withOperations(context, async ({ loops }) => {
    const found = await loops.resolve(given);
    return { id: found.id, ...(await act(loops, found.id)) };
  });
  if (json) printJson(context, { id, ...facts });
  else note(context, `${loopText(id)} ${done}`);
  return EXIT.done;
}

const SIGNALS = [
  {
    what: 'pause',
    summary: 'let no new iteration begin; the one that runs goes on',
    done: 'begins no new iteration; go on with: maskloop loop resume',
  },
  { what: 'resume', summary: 'go on after a pause', done: 'goes on' },
] as const;

/** Adds the commands that steer a loop which runs. */
export const addLoopSteering: AddCommand = (parent, context, end) => {
  const by = context.user;
  for (const { what, summary, done } of SIGNALS) {
    describeCommand(parent, { usage: `${what} [NAME]`, summary, example: `loop ${what} vessels` }).action(
      async (given: string | undefined, { json }: Flags) => {
        const code = await steer(context, { given, json: json === true }, async (loops, id) => {
          await loops[what](id, { by });
          return { done, facts: { what } };
        });
        end(code);
      },
    );
  }
  describeCommand(parent, {
    usage: 'stop [NAME]',
    summary: 'end a loop after the iteration that runs',
    example: 'loop stop vessels --note "enough for now"',
  })
    .option('--note <TEXT>', 'why, for the record', '')
    .action(async (given: string | undefined, flags: Flags & { readonly note: string }) => {
      const act = async (loops: LoopOperations, id: string) => {
        await loops.stop(id, { by, note: flags.note });
        return { done: 'ends after the iteration that runs', facts: { note: flags.note } };
      };
      end(await steer(context, { given, json: flags.json === true }, act));
    });
  addBegin(parent, context, end);
  addAnswer(parent, context, end);
  addEdit(parent, context, end);
};

const addBegin: AddCommand = (parent, context, end) => {
  describeCommand(parent, {
    usage: 'begin [NAME]',
    summary: 'ask a loop that waits to be asked for its next iteration',
    example: 'loop begin vessels',
  })
    .option('--buffer', 'if one runs, begin when it has ended')
    .action(async (given: string | undefined, flags: Flags & { readonly buffer?: true }) => {
      const act = async (loops: LoopOperations, id: string) => {
        const told = await loops.begin(id, { by: context.user, overlap: flags.buffer === true ? 'buffer' : 'skip' });
        const done = { begins: 'begins an iteration', waits: 'will begin one', skipped: 'begins none' }[told.outcome];
        return { done: `${done}: ${told.why}`, facts: told };
      };
      end(await steer(context, { given, json: flags.json === true }, act));
    });
};

const addAnswer: AddCommand = (parent, context, end) => {
  describeCommand(parent, {
    usage: 'answer',
    summary: 'say what becomes of an iteration that has failed, or of a rule that asks',
    example: "loop answer vessels 'go on'",
  })
    .argument('<NAME>', 'the loop')
    .addArgument(new Argument('<ANSWER>', 'what to do').choices([...LOOP_ANSWERS]))
    .action(async (given: string, answer: LoopAnswer, { json }: Flags) => {
      const act = async (loops: LoopOperations, id: string) => {
        await loops.answer(id, { by: context.user, answer });
        return { done: `was answered: ${answer}`, facts: { answer } };
      };
      end(await steer(context, { given, json: json === true }, act));
    });
};

/** The file says which loop is meant. */
const addEdit: AddCommand = (parent, context, end) => {
  withFile(
    describeCommand(parent, {
      usage: 'edit',
      summary: 'change what a loop does, from the next iteration on',
      example: 'loop edit maskloop.yaml',
    }),
  ).action(async (file: string | undefined, { config, json }: Flags & { readonly config: string }) => {
    const done = await withOperations(context, async (operations) => {
      const { loop } = await readLoopInput(context, operations, { config: file ?? config, quiet: json === true });
      return operations.loops.edit(loop, { by: context.user, policy: loop.policy });
    });
    if (json === true) printJson(context, done);
    else note(context, `${loopText(done.id)} changes from number ${done.from} on: ${done.changes}`);
    end(EXIT.done);
  });
};
