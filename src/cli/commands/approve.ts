import { describeCommand, note, printJson, withOperations, type AddCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';

export const addApprove: AddCommand = (program, context, end) => {
  describeCommand(program, {
    usage: 'approve [ID]',
    summary:
      'go on in spite of what was found: a passed deadline, a changed label, labels of others; or publish a new model',
    example: 'approve SurgVU/Iteration_1 --carry',
  })
    .option('--carry', 'after a deadline: list the frames of open jobs for whoever chooses the next frames')
    .action(async (given: string | undefined, flags: { json?: true; carry?: true }) => {
      const carry = flags.carry === true;
      const id = await withOperations(context, async (operations) => {
        const found = await operations.resolve(given, 'running');
        await operations.approve({ id: found, sender: { by: context.user }, carry });
        return found;
      });
      if (flags.json === true) printJson(context, { id, what: 'approve', carry });
      else note(context, `${id} goes on`);
      end(EXIT.done);
    });
};
