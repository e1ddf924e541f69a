import { MaskloopError } from '../../contracts/error.ts';
import type { ModelRef } from '../../contracts/training.ts';
import type { TrainStats } from '../../contracts/trainer-reports.ts';
import type { MetricsFile } from './metrics-file.ts';
import { isReplaced, replacedBy } from './next-move.ts';
import { ownStats, type Surroundings } from './own-stats.ts';
import type { RunContext } from './run-context.ts';

/** What of a watch the model is made of. */
interface Ended {
  readonly run: RunContext;
  readonly metrics: MetricsFile;
}

/** The failure of a training that has ended while the published model may be somebody else's. */
export function mayBeReplaced({ record, tasks }: Pick<Surroundings, 'record' | 'tasks'>): MaskloopError {
  const { model, runName, taskId } = record;
  const later = replacedBy({ record, tasks });
  const which = later === undefined ? 'Another training' : `Training ${later.name ?? later.id}`;
  return new MaskloopError(
    'ModelReplaced',
    `${which} of model "${model}" began after ours (${runName}) and may have published over it.`,
    { facts: { model, ours: taskId, later: later?.id ?? null } },
  );
}

function metricOf(stats: TrainStats | null): ModelRef['trainerMetric'] {
  if (stats?.metricName == null || stats.bestMetric === null) return null;
  return { name: stats.metricName, value: stats.bestMetric };
}

/**
 * The model that a training which is done has published, with its metrics.
 *
 * @param seen statistics of ours at the last look, for a trainer that shows others since
 * @throws MaskloopError `ModelReplaced`; `TrainingFailed` if nothing was published
 */
export async function modelOf(
  { run, metrics }: Ended,
  surroundings: Surroundings,
  seen: TrainStats | null,
): Promise<ModelRef> {
  const { runName, model } = surroundings.record;
  const published = await run.trainer.publishedModel(model, run.running.signal);
  // Between the look and this answer others may have shown themselves.
  const shown = published?.stats ?? null;
  if (isReplaced({ ...surroundings, published, shown })) throw mayBeReplaced(surroundings);
  if (published === null) {
    const message = `Training ${runName} is done, but model "${model}" was never published.`;
    throw new MaskloopError('TrainingFailed', message, { facts: { run: runName, model } });
  }
  const stats = ownStats(shown, surroundings) ?? seen;
  if (stats !== null) await metrics.add(stats, new Date());
  const file = await metrics.close();
  return {
    model,
    checksum: published.checksum,
    epochs: stats?.epoch ?? 0,
    trainerMetric: metricOf(stats),
    ...(file === null ? {} : { metrics: file }),
  };
}
