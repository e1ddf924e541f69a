import { eachAtOnce } from '../../../storage/each-at-once.ts';
import type { Candidate } from '../draft.ts';
import type { PoolImage, Predictor } from '../predictor.ts';
import { imageOf, type Selecting } from '../selecting.ts';
import type { ScoredCandidate } from './scored-candidate.ts';

/**
 * Scores candidates, several at a time, and reports how many have one.
 *
 * @param scoreOf null where it is not known
 * @returns them in the given order
 * @throws what `scoreOf` throws first; the signal's reason if aborted
 */
export async function scoreEach(
  selecting: Pick<Selecting, 'pool' | 'signal' | 'report'>,
  { atOnce }: Pick<Predictor, 'atOnce'>,
  candidates: readonly Candidate[],
  scoreOf: (image: PoolImage) => Promise<number | null>,
): Promise<readonly ScoredCandidate[]> {
  const scores = new Map<Candidate, number | null>();
  const score = async (candidate: Candidate): Promise<void> => {
    scores.set(candidate, await scoreOf(imageOf(selecting, candidate.frame.name, candidate.view)));
    selecting.report({ phase: 'prediction', done: scores.size, total: candidates.length });
  };
  await eachAtOnce(candidates, selecting.signal, score, atOnce);
  return candidates.map((candidate) => ({ candidate, score: scores.get(candidate) ?? null }));
}
