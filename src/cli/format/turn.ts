import { trainerOfTurns } from '../../contracts/training-turns.ts';
import type { IterationView } from '../../operations/describe-iteration.ts';
import { countOf } from '../../contracts/count-of.ts';
import { formatTime } from './time.ts';

/** What an iteration waits for before it may train, as rows of a table; none if nothing. */
export function turnRows({ id, state, status, turns }: IterationView): readonly (readonly string[])[] {
  if (state !== 'running' || status === null) return [];
  const { waitingFor, opensAt = null, turn = null } = status;
  if (waitingFor === 'window' && opensAt !== null) {
    return [['training', `may begin ${formatTime(opensAt)}; to begin now: maskloop retry ${id}`]];
  }
  if (waitingFor !== 'turn' || turn === null) return [];
  return [['training', `${holderText(turns)} with ${trainerOfTurns(turn.turns)}${aheadText(turns, id)}`]];
}

function holderText(turns: IterationView['turns']): string {
  const holder = turns?.holder ?? null;
  return holder === null ? 'waits for its turn' : `${holder.id} has its turn since ${formatTime(holder.since)}`;
}

function aheadText(turns: IterationView['turns'], id: string): string {
  const ahead = turns?.waiting.findIndex((trainee) => trainee.id === id) ?? 0;
  return ahead > 0 ? `; then ${countOf(ahead, 'other')} before this one` : '';
}
