import { disagreement } from '../../../selection/disagreement.ts';
import type { Candidate } from '../draft.ts';
import type { AskedModel, Selecting } from '../selecting.ts';
import { scoreEach } from './score-each.ts';
import type { Scores } from './scored-candidate.ts';

/**
 * How much the published model and the one before it disagree. The one before cannot be asked any more, so a candidate has a
 * score where its prediction was kept; the published one predicts all, which is kept for the next time.
 */
export async function disagreementScores(
  selecting: Pick<Selecting, 'pool' | 'signal' | 'report'>,
  { predictor, before }: AskedModel,
  candidates: readonly Candidate[],
): Promise<Scores> {
  if (before === null) return { why: 'no model was published before this one' };
  return scoreEach(selecting, predictor, candidates, async (image) => {
    const earlier = await predictor.earlier(image, before);
    const now = await predictor.predict(image);
    return earlier === null || now === null ? null : disagreement(earlier, now);
  });
}
