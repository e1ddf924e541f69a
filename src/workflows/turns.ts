import type { Trainee, TrainingTurns } from '../contracts/training-turns.ts';

export function isSame(one: Trainee | null, other: Trainee): boolean {
  return one !== null && one.id === other.id && one.firstRunId === other.firstRunId;
}

/**
 * Puts an iteration at the end of those that wait; once. One that was started anew under the same id takes the place of the
 * one before, which has ended.
 */
export function askForTurn(turns: TrainingTurns, { id, firstRunId }: Trainee, now: string): TrainingTurns {
  const trainee = { id, firstRunId };
  const isKnown = isSame(turns.holder, trainee) || turns.waiting.some((other) => isSame(other, trainee));
  if (isKnown) return turns;
  const others = turns.waiting.filter((other) => other.id !== id);
  return { ...turns, waiting: [...others, { ...trainee, since: now }] };
}

/** Takes an iteration's turn, or its place among the waiting, from it. */
export function returnTurn({ holder, waiting }: TrainingTurns, trainee: Trainee): TrainingTurns {
  return {
    holder: isSame(holder, trainee) ? null : holder,
    waiting: waiting.filter((other) => !isSame(other, trainee)),
  };
}

/** If nobody has the turn, whoever has waited longest gets it. */
export function giveNextTurn({ holder, waiting }: TrainingTurns, now: string): TrainingTurns {
  const [next, ...rest] = waiting;
  if (holder !== null || next === undefined) return { holder, waiting };
  return { holder: { ...next, since: now }, waiting: rest };
}
