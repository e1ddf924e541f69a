import type { Client } from '@temporalio/client';
import { createTurnActivities, type TurnDependencies } from '../../src/activities/training-turns.ts';
import { hasEnded, requestTurn } from '../../src/operations/training-turns.ts';

/** Turns at trainers, as a Temporal gives them. */
export function realTurns(client: Client): TurnDependencies['turns'] {
  return {
    request: async (address, trainee) => requestTurn(client, address, trainee),
    hasEnded: async (trainee) => hasEnded(client, trainee),
  };
}

/** Activities that wait for turns at one trainer, whatever the connection. */
export function turnsAt(client: Client, address: string) {
  const connect = (() => ({ cvat: null, monai: null, trainer: { address } })) as unknown;
  return createTurnActivities({
    connect: connect as TurnDependencies['connect'],
    turns: realTurns(client),
    lookEveryMs: 100,
  });
}
