import { MaskloopError } from '../../contracts/error.ts';
import type { ModelRef } from '../../contracts/training.ts';
import type { TrainingTask, TrainStats } from '../../contracts/trainer-reports.ts';
import type { MetricsFile } from './metrics-file.ts';
import { ownStats } from './own-stats.ts';
import type { RunContext } from './run-context.ts';
import type { RunRecord } from './run-record.ts';

/** What of a watch the model is made of. */
interface Ended {
  readonly run: RunContext;
  readonly record: RunRecord;
  readonly metrics: MetricsFile;
}

/** Whatever is published after ours has ended is ours, unless another run has validated since, or may have. */
function requireLatest({ record }: Ended, tasks: readonly TrainingTask[], shown: TrainStats | null): void {
  const own = tasks.findIndex(({ id }) => id === record.taskId);
  const later = tasks.slice(own + 1).find(({ model, status }) => {
    return model === record.model && status !== 'SUBMITTED' && status !== 'ERROR' && status !== 'LOST';
  });
  const oursIsShown = record.ownStart !== null && shown?.startedAtSeconds === record.ownStart;
  if (later === undefined || oursIsShown) return;
  throw new MaskloopError(
    'ModelReplaced',
    `Training ${later.name ?? later.id} of model "${record.model}" began after ours (${record.runName}) and may have published over it.`,
    { facts: { model: record.model, ours: record.taskId, later: later.id } },
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
  ended: Ended,
  tasks: readonly TrainingTask[],
  seen: TrainStats | null,
): Promise<ModelRef> {
  const { run, record, metrics } = ended;
  const { runName, model } = record;
  const published = await run.trainer.publishedModel(model, run.running.signal);
  requireLatest(ended, tasks, published?.stats ?? null);
  if (published === null) {
    const message = `Training ${runName} is done, but model "${model}" was never published.`;
    throw new MaskloopError('TrainingFailed', message, { facts: { run: runName, model } });
  }
  const stats = ownStats(published.stats, record, run.maxEpochs) ?? seen;
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
