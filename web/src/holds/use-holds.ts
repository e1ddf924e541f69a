import { listHolds } from '../../../src/api/endpoints/holds.ts';
import { useAnswer } from '../requests/use-answer.ts';

/** No event tells of holds, which end by themselves; in milliseconds. */
const LOOK_EVERY_MS = 30_000;

/** The servers that are held now. */
export function useHolds() {
  return useAnswer(listHolds, {}, { everyMs: LOOK_EVERY_MS });
}
