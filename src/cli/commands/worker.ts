import { hostname } from 'node:os';
import { describeCommand, note, printJson, withOperations, type AddCommand } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { formatFacts } from '../format/facts.ts';

interface Flags {
  readonly check?: true;
  readonly json?: true;
}

export const addWorker: AddCommand = (program, context, end) => {
  describeCommand(program, {
    usage: 'worker',
    summary: 'run a worker until it is told to end',
    example: 'worker',
  })
    .option('--check', 'only ask Temporal whether a worker of this machine asks for work; exit code 1 if none does')
    .action(async ({ check, json }: Flags) => {
      if (check === true) {
        end(await findOwnWorker(context, json === true));
        return;
      }
      await context.runWorker({
        signal: context.interrupted,
        onReady: (facts) => {
          if (json === true) printJson(context, facts);
          else note(context, `The worker runs; Ctrl-C ends it.\n${formatFacts(facts)}`);
        },
      });
      if (json !== true) note(context, 'The worker has ended.');
      end(EXIT.done);
    });
};

/** Looks for workers whose identity ends with the name of this machine, as the SDK makes it. */
async function findOwnWorker(context: CliContext, json: boolean): Promise<ExitCode> {
  return withOperations(context, async (operations) => {
    const { workflow } = await operations.pollers();
    const workers = workflow.filter((identity) => identity.endsWith(`@${hostname()}`));
    if (json) printJson(context, { workers });
    else if (workers.length === 0) note(context, `No worker of ${hostname()} has asked for work within 75 s.`);
    else context.stdout.write(`${workers.join('\n')}\n`);
    return workers.length === 0 ? EXIT.failed : EXIT.done;
  });
}
