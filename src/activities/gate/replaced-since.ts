import { currentModel, type ModelEvent } from '../../contracts/model-register.ts';
import type { ModelRef } from '../../contracts/training.ts';
import type { PutBack } from '../../contracts/training-activities.ts';

/** After these nothing is wanted but that the new model is not published. */
const CONTENT: readonly PutBack['why'][] = ['declined', 'undecided'];

/**
 * Whether another model than the two of an iteration is published for good, so that nothing of the iteration's has to be
 * put back: one that maskloop itself has published since, or any where it is known that the new one is not published.
 *
 * @param events of the register, oldest first
 * @param published checksum of what is published; null for nothing
 */
export function isReplacedSince(
  { before, model, why }: Pick<PutBack, 'before' | 'why'> & { readonly model: Pick<ModelRef, 'checksum'> | null },
  events: readonly ModelEvent[],
  published: string | null,
): boolean {
  if (published === null || published === before.checksum || published === model?.checksum) return false;
  return currentModel(events) === published || (model !== null && CONTENT.includes(why));
}
