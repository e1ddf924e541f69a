import type { Command } from 'commander';
import { describeCommand, note, printJson, printLine, withOperations, type AddCommand } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { formatModels } from '../format/models.ts';

interface Flags {
  readonly connection?: string;
  readonly model?: string;
  readonly note?: string;
  readonly json?: true;
}

/** The models that trainings have left, and which of them is published. */
export const addModel: AddCommand = (program, context, end) => {
  const parent = program.command('model').description('list models that were trained, promote one, roll back');
  addModelList(parent, context, end);
  describeCommand(parent, {
    usage: 'promote <CHECKSUM>',
    summary: 'publish a model of the register; the beginning of its checksum is enough',
    example: 'model promote 3f9a1c',
  })
    .option('--connection <NAME>', 'of this connection')
    .option('--model <M>', 'of this trainer')
    .option('--note <TEXT>', 'why; the register keeps it')
    .action(async (checksum: string, flags: Flags) => end(await publish(context, checksum, flags)));
  describeCommand(parent, {
    usage: 'rollback [MODEL]',
    summary: 'publish the model again that was published before',
    example: 'model rollback segmentation',
  })
    .option('--connection <NAME>', 'of this connection')
    .option('--note <TEXT>', 'why; the register keeps it')
    .action(async (model: string | undefined, flags: Flags) => {
      end(await publish(context, null, model === undefined ? flags : { ...flags, model }));
    });
};

function addModelList(parent: Command, context: CliContext, end: (code: ExitCode) => void): void {
  describeCommand(parent, {
    usage: 'list [MODEL]',
    summary: 'list the models of the register, newest first',
    example: 'model list segmentation',
  })
    .option('--connection <NAME>', 'of this connection')
    .action(async (model: string | undefined, { connection, json }: Flags) => {
      const versions = await withOperations(context, (operations) => {
        return operations.models({ connection: connection ?? null, model: model ?? null });
      });
      if (json === true) printJson(context, versions);
      else if (versions.length === 0)
        note(context, 'No model is registered yet; the first training registers what it finds');
      else context.stdout.write(formatModels(versions));
      end(EXIT.done);
    });
}

async function publish(context: CliContext, checksum: string | null, flags: Flags): Promise<ExitCode> {
  const { connection = null, model = null, note: why = '' } = flags;
  const done = await withOperations(context, (operations) => {
    return operations.publishModel({ connection, model, checksum, by: context.user, note: why });
  });
  if (flags.json === true) printJson(context, done);
  else {
    printLine(context, `${done.model} (connection ${done.connection}): ${done.checksum} is published`);
    note(
      context,
      done.before === done.checksum ? 'it was published already' : `before it was ${done.before ?? 'no model'}`,
    );
  }
  return EXIT.done;
}
