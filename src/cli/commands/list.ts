import { describeCommand, note, printJson, withOperations, type AddCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { formatList } from '../format/list.ts';
import { sayIfNoWorker } from '../say-workers.ts';

export const addList: AddCommand = (program, context, end) => {
  describeCommand(program, {
    usage: 'list',
    summary: 'list running iterations, then finished ones',
    example: 'list',
  }).action(async (flags: { json?: true }) => {
    const rows = await withOperations(context, async (operations) => {
      const found = await operations.list();
      if (found.some(({ state }) => state === 'running')) await sayIfNoWorker(context, operations);
      return found;
    });
    if (flags.json === true) printJson(context, rows);
    else if (rows.length === 0) note(context, 'There is no iteration yet; begin with: maskloop start');
    else context.stdout.write(formatList(rows, context.now()));
    end(EXIT.done);
  });
};
