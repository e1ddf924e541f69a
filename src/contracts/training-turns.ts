import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { ForIteration } from './iteration.ts';

/** The registered name of the workflow that gives turns; never changed. There is one run for each trainer that is wanted. */
export const TRAINING_TURNS_WORKFLOW = 'trainingTurnsWorkflow';

const PREFIX = 'training-turns/';

/** Id of the workflow that gives the turns of a trainer, by the trainer's address. */
export function trainingTurnsId(address: string): string {
  return `${PREFIX}${encodeURIComponent(address)}`;
}

/** The trainer's address, from the id of the workflow that gives its turns. */
export function trainerOfTurns(id: string): string {
  return decodeURIComponent(id.slice(PREFIX.length));
}

/** An iteration that wants to train. `firstRunId` tells it from one that is started anew under the same id. */
export interface Trainee {
  readonly id: string;
  readonly firstRunId: string;
}

/** Whose turn it is, and who comes next, in this order. Times are ISO. */
export interface TrainingTurns {
  readonly holder: (Trainee & { readonly since: string }) | null;
  readonly waiting: readonly (Trainee & { readonly since: string })[];
}

/** Asks for a turn; asking twice changes nothing. Who has the turn is told so again. */
export const requestTurnSignal = defineSignal<[Trainee]>('requestTurn');
/** Gives the turn, or the place among the waiting, back. */
export const releaseTurnSignal = defineSignal<[Trainee]>('releaseTurn');
export const trainingTurnsQuery = defineQuery<TrainingTurns>('turns');

/** Tells an iteration that its turn has come. `turns` is the id of the workflow that says so. */
export const turnSignal = defineSignal<[{ readonly turns: string; readonly firstRunId: string }]>('turn');

export interface TurnActivities {
  /** When training may begin: now (null), or at an ISO time. */
  checkTrainingWindow(args: ForIteration): Promise<{ readonly opensAt: string | null }>;
  /** Asks for the iteration's turn with its trainer. Returns the id of the workflow that gives it. */
  requestTurn(args: ForIteration & { readonly firstRunId: string }): Promise<{ readonly turns: string }>;
  /** Returns when the iteration has ended, else fails with `TurnTaken`. */
  awaitTraineeEnd(args: Trainee): Promise<void>;
}
