import { isMaskloopError } from '../../contracts/error.ts';
import { placeOfId } from '../../contracts/ids.ts';
import type { ExcludeResult } from '../../contracts/withdrawal.ts';
import type { Operations } from '../../operations/operations.ts';
import { describeCommand, note, printJson, printLine, withOperations, type AddCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { countOf } from '../../contracts/count-of.ts';

interface Flags {
  readonly note?: string;
  readonly json?: true;
}

const COMMANDS = {
  exclude: 'take frames of an iteration out of training; CVAT is not touched',
  include: 'take excluded frames into training again',
} as const;

/** Frames that are not to be trained on, and back. */
export const addExclude: AddCommand = (program, context, end) => {
  for (const what of ['exclude', 'include'] as const) {
    describeCommand(program, {
      usage: `${what} <ID> <FRAME...>`,
      summary: COMMANDS[what],
      example: `${what} SurgVU/Iteration_1 frame_000017.png${what === 'exclude' ? ' --note "smoke"' : ''}`,
    })
      .option('--note <TEXT>', 'why, for the record')
      .action(async (id: string, frames: readonly string[], flags: Flags) => {
        const done = await withOperations(context, async (operations) => {
          const place = placeOfId(await idOf(operations, id));
          return operations.exclude({ ...place, what, frames, by: context.user, note: flags.note ?? null });
        });
        if (flags.json === true) printJson(context, done);
        else {
          printLine(context, summary(done));
          note(context, trainerText(done));
        }
        end(EXIT.done);
      });
  }
};

/** Temporal forgets what ended long ago; then the id is taken as it is given. */
async function idOf(operations: Operations, given: string): Promise<string> {
  try {
    return await operations.resolve(given, 'any');
  } catch (error) {
    if (!isMaskloopError(error, 'IterationNotFound')) throw error;
    return given;
  }
}

function summary({ what, project, task, frames, changed }: ExcludeResult): string {
  const state = what === 'exclude' ? 'excluded from training' : 'not excluded';
  const before = frames.length === changed ? '' : `, ${frames.length - changed} were so before`;
  return `${countOf(frames.length, 'frame')} of ${project} / ${task}: ${state}${before}`;
}

function trainerText({ what, trainer, removed, putBack, because = 'the trainer is in use' }: ExcludeResult): string {
  if (trainer === 'none') return 'the connection has nothing to train with';
  if (trainer === 'later') return `${because}; the next iteration that trains there does the rest`;
  if (what === 'exclude') return `${countOf(removed, 'label')} taken out of the trainer`;
  const later = putBack === 0 ? '; where a label was never submitted, the next iteration of the task submits it' : '';
  return `${countOf(putBack, 'label')} put back into the trainer${later}`;
}
