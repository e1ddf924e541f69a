import type { IterationResults } from '../contracts/iteration.ts';
import type { ArtifactRef } from '../contracts/refs.ts';
import type { LoopPoint } from '../contracts/stop-rules.ts';

/** What of an iteration makes its point. */
export interface PointFacts {
  readonly number: number;
  readonly id: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly results: Pick<IterationResults, 'labels' | 'evaluation' | 'promotion' | 'modelBefore' | 'comparison'>;
}

/**
 * One iteration as a point of the learning curve. The Dice is that of the model which was published when the iteration ended:
 * the new one, or the one before where that was put back.
 */
export function loopPoint({ number, id, startedAt, endedAt, results }: PointFacts): LoopPoint {
  const { labels, comparison } = results;
  const { dice, evaluation } = publishedScore(results);
  const compared = comparison !== undefined && 'unionPixels' in comparison ? comparison : null;
  return {
    number,
    id,
    startedAt,
    endedAt,
    frames: labels?.frames ?? 0,
    dice,
    agreement: compared?.meanDice ?? null,
    corrections: compared === null || compared.unionPixels === 0 ? null : compared.changedPixels / compared.unionPixels,
    evaluation,
  };
}

function publishedScore({ evaluation, promotion, modelBefore }: PointFacts['results']): {
  readonly dice: number | null;
  readonly evaluation: ArtifactRef | null;
} {
  if (evaluation === undefined) return { dice: null, evaluation: null };
  if (promotion?.outcome !== 'put back') return { dice: evaluation.meanDice, evaluation: evaluation.manifest };
  return { dice: evaluation.gate?.before?.dice ?? null, evaluation: modelBefore?.manifest ?? null };
}
