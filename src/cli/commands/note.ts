import { describeCommand, note, printJson, withOperations, type AddCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { formatTable } from '../format/table.ts';
import { formatTime } from '../format/time.ts';

/** Adds `note`. */
export const addNote: AddCommand = (program, context, end) => {
  describeCommand(program, {
    usage: 'note <ID> [TEXT]',
    summary: 'write something down about an iteration, for good; without a text, show what is written',
    example: 'note SurgVU/Iteration_1 "frames of case 7 were blurred"',
  }).action(async (given: string, text: string | undefined, { json }: { readonly json?: true }) => {
    const id = await withOperations(context, async (operations) => operations.resolve(given, 'any'));
    if (text !== undefined) {
      const written = await context.addNote({ id, text, by: context.user, at: context.now().toISOString() });
      if (json === true) printJson(context, written);
      else note(context, `noted on ${id}`);
    } else {
      const notes = await context.listNotes(id);
      if (json === true) printJson(context, notes);
      else if (notes.length === 0) note(context, `Nothing is written down about ${id}.`);
      else context.stdout.write(`${formatTable(notes.map((one) => [formatTime(one.at), one.by, one.text]))}\n`);
    }
    end(EXIT.done);
  });
};
