import { chooseCentres } from '../../../selection/k-centre.ts';
import type { Selecting } from '../selecting.ts';

/**
 * Takes candidates whose pictures are far from all that were used before and from each other; the score is the distance from
 * the nearest.
 *
 * @returns how many it has taken
 */
export async function chooseDiverse(selecting: Selecting, count: number): Promise<number> {
  const { draft } = selecting;
  const all = await selecting.candidates();
  const open = all.filter(({ frame }) => !draft.isChosen(frame.name));
  const chosen = all.filter(({ frame }) => draft.isChosen(frame.name)).map(({ view }) => view.features);
  const centres = [...selecting.usedFeatures, ...chosen];
  const order = chooseCentres(
    open.map(({ view }) => view.features),
    centres,
    open.length,
  );
  let taken = 0;
  for (const { index, distance } of order) {
    if (taken >= count) break;
    const candidate = open[index];
    const admitted = candidate === undefined ? null : await draft.admit(candidate.frame);
    if (admitted === null) continue;
    draft.take(admitted, 'diverse', Number.isFinite(distance) ? distance : null);
    taken += 1;
  }
  return taken;
}
