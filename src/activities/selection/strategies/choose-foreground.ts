import { drawByGroup } from '../../../selection/draw-by-group.ts';
import { hasForeground } from '../../../selection/disagreement.ts';
import { imageOf, seedOf, type Selecting } from '../selecting.ts';

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
  const most = policy.selection.candidates;
  let [taken, looked] = [0, 0];
  for (const frame of drawByGroup(eligible, seedOf(selecting, 'foreground-random'))) {
    if (taken >= count || looked >= most) break;
    const candidate = await draft.admit(frame);
    if (candidate === null) continue;
    looked += 1;
    report({ phase: 'prediction', done: looked, total: most });
    const mask = await model.predictor.predict(imageOf(selecting, frame.name, candidate.view));
    if (mask === null || !hasForeground(mask)) continue;
    draft.take(candidate, 'foreground-random', null);
    taken += 1;
  }
  if (taken < count)
    note(`foreground-random: the model sees something in ${taken} of the ${looked} frames that were looked at.`);
  return taken;
}
