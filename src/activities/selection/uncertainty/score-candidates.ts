import type { SampleList, UncertaintySource } from '../../../contracts/selection.ts';
import type { AskedModel, Selecting } from '../selecting.ts';
import { disagreementScores } from './disagreement-scores.ts';
import { flipScores } from './flip-scores.ts';
import type { ScoredCandidate } from './scored-candidate.ts';
import { serverScores } from './server-scores.ts';

type Source = NonNullable<SampleList['uncertainty']>;

export interface ScoredBy {
  readonly by: Source;
  readonly scored: readonly ScoredCandidate[];
}

const IN_ORDER: Readonly<Record<UncertaintySource, readonly Source[]>> = {
  auto: ['server', 'disagreement', 'flips'],
  server: ['server', 'disagreement', 'flips'],
  disagreement: ['disagreement', 'flips'],
  flips: ['flips'],
};

/**
 * How unsure the model is about each candidate, by the source that the policy names or the next one that there is; flips there
 * always are. A note says why another one was not followed.
 *
 * @param count how many candidates have to have a score
 */
export async function scoreCandidates(selecting: Selecting, model: AskedModel, count: number): Promise<ScoredBy> {
  const { policy, note } = selecting;
  const candidates = await selecting.candidates();
  const sources = {
    server: async () => serverScores(selecting, model, candidates),
    disagreement: async () => disagreementScores(selecting, model, candidates),
  };
  for (const source of IN_ORDER[policy.selection.uncertainty]) {
    if (source === 'flips') break;
    const scored = await sources[source]();
    if ('why' in scored) {
      // That a pool is not in the server's datastore is as it was meant, unless somebody asked for its scores.
      if (source !== 'server' || policy.selection.uncertainty === 'server')
        note(`uncertainty: not by ${source}, since ${scored.why}.`);
      continue;
    }
    const known = scored.filter(({ score }) => score !== null).length;
    if (known >= Math.min(count, candidates.length)) return { by: source, scored };
    note(`uncertainty: not by ${source}, since only ${known} of ${candidates.length} candidates have such a score.`);
  }
  return { by: 'flips', scored: await flipScores(selecting, model, candidates) };
}
