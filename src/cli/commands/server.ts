import { describeCommand, note, printJson, type AddCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { formatFacts } from '../format/facts.ts';

export const addServer: AddCommand = (program, context, end) => {
  describeCommand(program, {
    usage: 'server',
    summary: 'answer commands and pages over HTTP, and take webhooks of CVAT, until it is told to end',
    example: 'server',
  }).action(async (flags: { json?: true }) => {
    await context.runServer({
      signal: context.interrupted,
      onReady: (facts) => {
        if (flags.json === true) printJson(context, facts);
        else note(context, `The server runs; Ctrl-C ends it.\n${formatFacts(facts)}`);
      },
    });
    if (flags.json !== true) note(context, 'The server has ended.');
    end(EXIT.done);
  });
};
