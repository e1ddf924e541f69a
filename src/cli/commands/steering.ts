import type { Steering } from '../../operations/steer-iteration.ts';
import { describeCommand, note, printJson, withOperations, type AddCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';

interface Verb {
  readonly what: Steering;
  readonly summary: string;
  /** What has happened when the command ends. */
  readonly done: string;
}

const VERBS: readonly Verb[] = [
  {
    what: 'pause',
    summary: 'let no new step begin; what runs finishes its unit',
    done: 'pauses; go on with: maskloop resume',
  },
  { what: 'resume', summary: 'go on after a pause', done: 'goes on' },
  {
    what: 'cancel',
    summary: 'end an iteration; nothing in CVAT is deleted',
    done: 'is being cancelled; `maskloop start` with the same arguments goes on from what is there',
  },
  { what: 'retry', summary: 'do the step that waits for a decision again', done: 'tries again' },
  { what: 'skip', summary: 'go on without the step that waits for a decision', done: 'goes on without the step' },
];

/** The five commands that send one request to a running iteration. */
export const addSteering: AddCommand = (program, context, end) => {
  for (const { what, summary, done } of VERBS) {
    describeCommand(program, { usage: `${what} [ID]`, summary, example: `${what} SurgVU/Iteration_1` }).action(
      async (given: string | undefined, flags: { json?: true }) => {
        const id = await withOperations(context, async (operations) => {
          const found = await operations.resolve(given, 'running');
          await operations.steer({ id: found, what, sender: { by: context.user } });
          return found;
        });
        if (flags.json === true) printJson(context, { id, what });
        else note(context, `${id} ${done}`);
        end(EXIT.done);
      },
    );
  }
};
