import { placeOfId } from '../../contracts/ids.ts';
import type { HeldServer } from '../../contracts/hold.ts';
import { onHold } from '../../holds/hold-gate.ts';
import type { Steering } from '../../operations/steer-iteration.ts';
import type { Operations } from '../../operations/operations.ts';
import { describeCommand, note, printJson, withOperations, type AddCommand } from '../command.ts';
import type { CliContext } from '../context.ts';
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
        const { id, idle, held } = await withOperations(context, async (operations) => {
          const found = await operations.resolve(given, 'running');
          const wasIdle = what === 'resume' && (await isNotPaused(operations, found));
          await operations.steer({ id: found, what, sender: { by: context.user } });
          return { id: found, idle: wasIdle, held: await heldLines(context, found, what) };
        });
        if (flags.json === true) printJson(context, idle ? { id, what, wasPaused: false } : { id, what });
        else for (const line of [`${id} ${idle ? 'was not paused' : done}`, ...held]) note(context, line);
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

/** What a request has to wait for where a server is held, by what was asked for. */
const WHILE_HELD: Partial<Record<Steering, { readonly servers: readonly HeldServer[]; readonly waits: string }>> = {
  cancel: { servers: ['monai'], waits: 'a training of the iteration that runs is ended when that is over' },
  retry: { servers: ['cvat', 'monai'], waits: 'what asks it waits until then' },
};

/** The holds that a request has to wait for; none where the store does not tell. */
async function heldLines(context: CliContext, id: string, what: Steering): Promise<readonly string[]> {
  const concerned = WHILE_HELD[what];
  if (concerned === undefined) return [];
  const holds = await context.listHolds().catch(() => []);
  return holds
    .filter(({ connection, server }) => placeOfId(id).connection === connection && concerned.servers.includes(server))
    .map((hold) => `${onHold(hold, context.now().getTime()).message}; ${concerned.waits}`);
}
