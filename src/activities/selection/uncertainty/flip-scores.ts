import { disagreement } from '../../../selection/disagreement.ts';
import { mirrorMask, MIRRORS } from '../../../selection/mirror.ts';
import type { Candidate } from '../draft.ts';
import type { AskedModel, Selecting } from '../selecting.ts';
import type { PoolImage, Predictor } from '../predictor.ts';
import { scoreEach } from './score-each.ts';
import type { ScoredCandidate } from './scored-candidate.ts';

/** Mean disagreement of what is predicted for an image and for its mirror images; null where the model fails. */
async function scoreOf(predictor: Predictor, image: PoolImage): Promise<number | null> {
  const plain = await predictor.predict(image);
  if (plain === null) return null;
  let sum = 0;
  for (const mirror of MIRRORS) {
    const mirrored = await predictor.predictMirrored(image, mirror);
    if (mirrored === null) return null;
    sum += disagreement(plain, mirrorMask(mirrored, mirror));
  }
  return sum / MIRRORS.length;
}

/** How much the model changes its mind when images are mirrored: three predictions a candidate. */
export async function flipScores(
  selecting: Pick<Selecting, 'pool' | 'signal' | 'report'>,
  { predictor }: AskedModel,
  candidates: readonly Candidate[],
): Promise<readonly ScoredCandidate[]> {
  return scoreEach(selecting, predictor, candidates, async (image) => scoreOf(predictor, image));
}
