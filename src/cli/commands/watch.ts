import { describeCommand, printLine, withOperations, type AddCommand } from '../command.ts';
import { follow } from '../follow.ts';

export const addWatch: AddCommand = (program, context, end) => {
  describeCommand(program, {
    usage: 'watch [ID]',
    summary: 'follow an iteration to its receipt or to a decision; Ctrl-C leaves it running',
    example: 'watch SurgVU/Iteration_1',
  }).action(async (given: string | undefined, flags: { json?: true }) => {
    const code = await withOperations(context, async (operations) => {
      const id = await operations.resolve(given, 'any');
      if (flags.json !== true && id !== given) printLine(context, id);
      return follow(context, operations, { id, json: flags.json === true });
    });
    end(code);
  });
};
