import { MaskloopError } from '../../contracts/error.ts';
import { describeCommand, printJson, withOperations, type AddCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { formatReceipt } from '../format/receipt.ts';

export const addReceipt: AddCommand = (program, context, end) => {
  describeCommand(program, {
    usage: 'receipt [ID]',
    summary: 'show the record of a finished iteration',
    example: 'receipt SurgVU/Iteration_1 --json',
  }).action(async (given: string | undefined, flags: { json?: true }) => {
    const receipt = await withOperations(context, async (operations) => {
      const id = await operations.resolve(given, 'finished');
      const found = await operations.receipt(id);
      if (found !== null) return found;
      throw new MaskloopError('IterationNotFound', `${id} has no receipt.`, { facts: { id } });
    });
    if (flags.json === true) printJson(context, receipt);
    else context.stdout.write(formatReceipt(receipt));
    end(EXIT.done);
  });
};
