import { isMaskloopError } from '../../contracts/error.ts';
import type { RestoreResult } from '../../contracts/restore.ts';
import type { Operations } from '../../operations/operations.ts';
import { wholeNumber } from '../arguments.ts';
import { describeCommand, note, printJson, printLine, withOperations, type AddCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { countOf } from '../../contracts/count-of.ts';
import { formatTime } from '../format/time.ts';

interface Flags {
  readonly backup?: number;
  readonly overwrite?: true;
  readonly json?: true;
}

export const addRestore: AddCommand = (program, context, end) => {
  describeCommand(program, {
    usage: 'restore [ID]',
    summary: 'put back what the task held before an import',
    example: 'restore SurgVU/Iteration_1',
  })
    .option('--backup <N>', 'number of the backup (default: the newest from before an import)', wholeNumber(1))
    .option('--overwrite', 'also over what people have done since; that is backed up first')
    .action(async (given: string | undefined, flags: Flags) => {
      const done = await withOperations(context, async (operations) => {
        const id = await idOf(operations, given);
        const { backup: number = null, overwrite = false } = flags;
        return operations.restore({ id, number, overwrite, by: context.user });
      });
      if (flags.json === true) printJson(context, done);
      else for (const line of linesOf(done)) printLine(context, line);
      if (flags.json !== true) note(context, undoText(done));
      end(EXIT.done);
    });
};

/** Temporal forgets what was cancelled long ago, while the store keeps its backups: then the id is taken as it is given. */
async function idOf(operations: Operations, given: string | undefined): Promise<string> {
  try {
    return await operations.resolve(given, 'any');
  } catch (error) {
    if (given === undefined || !isMaskloopError(error, 'IterationNotFound')) throw error;
    return given;
  }
}

function linesOf({ id, backup, takenAt, url, written, unchanged, shapes }: RestoreResult): readonly string[] {
  return [
    `${id}: backup ${backup} of ${formatTime(takenAt)} is back, ${countOf(shapes, 'shape')}`,
    `${countOf(written, 'job')} written, ${countOf(unchanged, 'job')} held the same already`,
    `task in CVAT: ${url}`,
  ];
}

function undoText({ id, before, again }: RestoreResult): string {
  const further =
    again === undefined ? '' : `\nit took more than one try; what the last one found is backup ${again.number}`;
  return `what was there before is backup ${before.number}; put it back with: maskloop restore ${id} --backup ${before.number}${further}`;
}
