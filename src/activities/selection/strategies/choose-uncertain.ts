import { rank } from '../../../selection/rank.ts';
import type { Selecting } from '../selecting.ts';
import { scoreCandidates, type ScoredBy } from '../uncertainty/score-candidates.ts';

/**
 * Takes the candidates about which the model is least sure.
 *
 * @returns how many it has taken, and where the scores came from; null for no scores
 */
export async function chooseUncertain(
  selecting: Selecting,
  count: number,
): Promise<{ readonly taken: number; readonly by: ScoredBy['by'] | null }> {
  const { draft, model, note } = selecting;
  if (model === null) {
    note('uncertainty needs a model that predicts, and none was ever published.');
    return { taken: 0, by: null };
  }
  const { by, scored } = await scoreCandidates(selecting, model, count);
  let taken = 0;
  for (const { candidate, score } of rank(scored)) {
    if (taken >= count) break;
    const admitted = await draft.admit(candidate.frame);
    if (admitted === null) continue;
    draft.take(admitted, 'uncertainty', score);
    taken += 1;
  }
  return { taken, by };
}
