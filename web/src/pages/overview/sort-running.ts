import { WAITING_WORDS } from '../../words/waiting.ts';
import type { ListedIteration } from '../iterations/listed-iteration.ts';

/** What runs, by who has to look at it. */
export interface SortedRunning {
  /** A person has to decide, the longest waiting first. */
  readonly decisions: readonly ListedIteration[];
  /** A server does not answer. */
  readonly away: readonly ListedIteration[];
  /** All others: those with people first, then machines at work, then what waits by plan; within that the longest waiting first. */
  readonly others: readonly ListedIteration[];
}

const isAway = ({ waitingFor }: ListedIteration): boolean => waitingFor === 'server';

const ORDER = Object.keys(WAITING_WORDS);

/** Sorts what runs by what it waits for. */
export function sortRunning(rows: readonly ListedIteration[]): SortedRunning {
  const sorted = rows.toSorted(
    (a, b) => ORDER.indexOf(a.waitingFor) - ORDER.indexOf(b.waitingFor) || (a.since < b.since ? -1 : 1),
  );
  return {
    decisions: sorted.filter(({ attention }) => attention),
    away: sorted.filter((row) => !row.attention && isAway(row)),
    others: sorted.filter((row) => !row.attention && !isAway(row)),
  };
}
