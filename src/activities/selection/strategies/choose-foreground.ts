import { drawByGroup } from '../../../selection/draw-by-group.ts';
import { hasForeground } from '../../../selection/disagreement.ts';
import type { Candidate } from '../draft.ts';
import type { PoolImage } from '../predictor.ts';
import { seedOf, type Selecting } from '../selecting.ts';
import { scoreEach } from '../uncertainty/score-each.ts';

/**
 * Takes frames at random in which the model sees anything; after as many looks as there may be candidates it gives up.
 *
 * @returns how many it has taken
 */
export async function chooseForeground(selecting: Selecting, count: number): Promise<number> {
  const { draft, model, policy, eligible, report, note } = selecting;
  if (model === null) {
    note('foreground-random needs a model that predicts, and none was ever published.');
    return 0;
  }
  const { predictor } = model;
  const most = policy.selection.candidates;
  const order = drawByGroup(eligible, seedOf(selecting, 'foreground-random'));
  let [taken, looked] = [0, 0];
  for (let at = 0; at < order.length && taken < count && looked < most;) {
    const candidates: Candidate[] = [];
    // No more than may still be looked at, and no more than are asked about at a time.
    while (at < order.length && candidates.length < Math.min(predictor.atOnce, most - looked)) {
      const frame = order[at++];
      const candidate = frame === undefined ? null : await draft.admit(frame);
      if (candidate !== null) candidates.push(candidate);
    }
    const sees = async (image: PoolImage): Promise<number | null> => {
      const mask = await predictor.predict(image);
      return mask !== null && hasForeground(mask) ? 1 : 0;
    };
    const asked = { ...selecting, report: () => undefined };
    for (const { candidate, score } of await scoreEach(asked, predictor, candidates, sees)) {
      if (taken >= count) break;
      looked += 1;
      // One that was taken just now may look like it.
      if (score !== 1 || (await draft.admit(candidate.frame)) === null) continue;
      draft.take(candidate, 'foreground-random', null);
      taken += 1;
    }
    report({ phase: 'prediction', done: looked, total: most });
  }
  if (taken < count)
    note(`foreground-random: the model sees something in ${taken} of the ${looked} frames that were looked at.`);
  return taken;
}
