import type { ModelBeforeRef } from '../../contracts/gate.ts';
import type { ModelEventName, ModelMetrics } from '../../contracts/model-register.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import type { EvaluationRef } from '../../contracts/training.ts';
import type { ModelSite } from './published-model.ts';
import { noteEvent } from './site-register.ts';

interface Outcome {
  readonly event: ModelEventName;
  readonly checksum: string;
  readonly file: ArtifactRef;
  /** What is published now. */
  readonly current: string;
  readonly iteration: string;
  readonly evaluation: EvaluationRef | null;
  readonly by: string | null;
  readonly at: string;
}

/** What an evaluation says of a model, as the register keeps it. */
function metricsOf({ frames, meanDice, perClass, gate }: EvaluationRef): ModelMetrics {
  return { frames, dice: meanDice, before: gate?.before?.dice ?? null, classes: perClass };
}

/** Writes into the register what became of a model; the same outcome of the same iteration is written once. */
export async function recordOutcome(site: ModelSite, { evaluation, ...outcome }: Outcome): Promise<void> {
  await noteEvent(site, {
    ...outcome,
    metrics: evaluation === null ? null : metricsOf(evaluation),
    reasons: evaluation?.gate?.reasons ?? [],
    key: `${outcome.event}:${outcome.iteration}:${outcome.checksum}:${outcome.by ?? ''}`,
  });
}

/** The model from before as something that can be published; null where there was none. */
export function publishable({ checksum, file }: ModelBeforeRef): { checksum: string; file: ArtifactRef } | null {
  return checksum === null || file === null ? null : { checksum, file };
}
