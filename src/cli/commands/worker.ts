import { describeCommand, note, printJson, type AddCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { formatFacts } from '../format/facts.ts';

export const addWorker: AddCommand = (program, context, end) => {
  describeCommand(program, {
    usage: 'worker',
    summary: 'run a worker until it is told to end',
    example: 'worker',
  }).action(async (flags: { json?: true }) => {
    await context.runWorker({
      signal: context.interrupted,
      onReady: (facts) => {
        if (flags.json === true) printJson(context, facts);
        else note(context, `The worker runs; Ctrl-C ends it.\n${formatFacts(facts)}`);
      },
    });
    if (flags.json !== true) note(context, 'The worker has ended.');
    end(EXIT.done);
  });
};
