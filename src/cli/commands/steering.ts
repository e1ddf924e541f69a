import type { Steering } from '../../operations/steer-iteration.ts';
import type { Operations } from '../../operations/operations.ts';
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
    done: 'is being cancelled; to go on from what is there, start it again, with corrected arguments if needed',
  },
  {
    what: 'retry',
    summary: 'do the step that waits for a decision again; train now, outside the window',
    done: 'tries again',
  },
  { what: 'skip', summary: 'go on without the step that waits for a decision', done: 'goes on without the step' },
  {
    what: 'seal',
    summary: 'freeze the final annotations now, without the rest of the quiet period',
    done: 'seals now',
  },
];

/** The commands that send one request to a running iteration. */
export const addSteering: AddCommand = (program, context, end) => {
  for (const { what, summary, done } of VERBS) {
    describeCommand(program, { usage: `${what} [ID]`, summary, example: `${what} SurgVU/Iteration_1` }).action(
      async (given: string | undefined, flags: { json?: true }) => {
        const { id, idle } = await withOperations(context, async (operations) => {
          const found = await operations.resolve(given, 'running');
          const wasIdle = what === 'resume' && (await isNotPaused(operations, found));
          await operations.steer({ id: found, what, sender: { by: context.user } });
          return { id: found, idle: wasIdle };
        });
        if (flags.json === true) printJson(context, idle ? { id, what, wasPaused: false } : { id, what });
        else note(context, `${id} ${idle ? 'was not paused' : done}`);
        end(EXIT.done);
      },
    );
  }
};

/** True only if the iteration itself says so; the request is sent in any case, so a failed look is not an error. */
async function isNotPaused(operations: Operations, id: string): Promise<boolean> {
  const view = await operations.describe(id).catch(() => null);
  return view?.state === 'running' && view.status?.paused === false;
}
