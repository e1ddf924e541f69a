import { describeCommand, note, printJson, withOperations, type AddCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';

/** The other answer to a new model that waits than `approve`. */
export const addDecline: AddCommand = (program, context, end) => {
  describeCommand(program, {
    usage: 'decline [ID]',
    summary: 'keep the model from before; the new one that waits is not published',
    example: 'decline SurgVU/Iteration_1',
  }).action(async (given: string | undefined, flags: { json?: true }) => {
    const id = await withOperations(context, async (operations) => {
      const found = await operations.resolve(given, 'running');
      await operations.decline({ id: found, sender: { by: context.user } });
      return found;
    });
    if (flags.json === true) printJson(context, { id, what: 'decline' });
    else note(context, `${id} goes on with the model from before`);
    end(EXIT.done);
  });
};
