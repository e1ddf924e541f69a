import type { IterationStatus } from '../contracts/iteration.ts';

/**
 * The last answer of a run that has ended. A cancelled or failed run keeps the trouble that it ended in, but nobody can
 * decide on it any more.
 */
export function endedStatus(status: IterationStatus): IterationStatus {
  return { ...status, choices: [] };
}
