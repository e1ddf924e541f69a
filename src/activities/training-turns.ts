import { MaskloopError } from '../contracts/error.ts';
import type { Trainee, TurnActivities } from '../contracts/training-turns.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { requireTrainer, trainingOf } from './training-of.ts';
import { windowOpens } from './training-window.ts';

/** Nobody waits longer than this for the turn of an iteration that was terminated. */
const LOOK_EVERY_MS = 30_000;

/** Who gives turns, as the worker reaches it. */
export interface TurnGiver {
  /** Asks for a turn with the trainer at `address`; returns the id of the workflow that gives it. */
  request(address: string, trainee: Trainee): Promise<string>;
  /** Whether the iteration, with all runs that it was continued in, has ended. */
  hasEnded(trainee: Trainee): Promise<boolean>;
}

export interface TurnDependencies extends Pick<ActivityDependencies, 'connect'> {
  readonly turns: TurnGiver;
  /** Time between two looks at whoever has the turn, in milliseconds. */
  readonly lookEveryMs?: number;
}

/** The activities by which iterations take turns with a trainer. */
export function createTurnActivities({
  connect,
  turns,
  lookEveryMs = LOOK_EVERY_MS,
}: TurnDependencies): TurnActivities {
  return {
    checkTrainingWindow: durable(async ({ input }) => {
      const { window } = trainingOf(input);
      const opensAt = window === undefined ? null : windowOpens(window, new Date());
      return { opensAt: opensAt?.toISOString() ?? null };
    }),
    requestTurn: durable(async ({ id, input, firstRunId }) => {
      const { address } = requireTrainer(connect(input.connection), input.connection);
      return { turns: await turns.request(address, { id, firstRunId }) };
    }),
    awaitTraineeEnd: durable(async (trainee) => {
      if (await turns.hasEnded(trainee)) return;
      throw new MaskloopError('TurnTaken', `${trainee.id} has its turn to train.`, {
        facts: { id: trainee.id },
        retryAfterMs: lookEveryMs,
      });
    }),
  };
}
