import { metricsName } from '../contracts/ids.ts';
import type { IterationResults } from '../contracts/iteration.ts';
import type { MetricPoint } from '../contracts/training.ts';
import { readMetricPoints } from '../storage/metric-points.ts';
import type { ArtifactStore } from '../storage/store.ts';

/** The course of a training as far as it is known. */
export interface TrainingCourse {
  /** Run name of the training; null before one is asked for. */
  readonly run: string | null;
  readonly points: readonly MetricPoint[];
}

/**
 * The epochs that were seen of the newest training of an iteration, also while it runs: the store has them within some seconds.
 * Lines that cannot be read are left out.
 *
 * @throws MaskloopError `StoreUnreachable`
 */
export async function readTrainingCourse(
  store: Pick<ArtifactStore, 'getNamed' | 'listNamed'>,
  id: string,
  { training }: Pick<IterationResults, 'training'>,
): Promise<TrainingCourse> {
  const run = training?.runName ?? null;
  return { run, points: readMetricPoints(run === null ? null : await store.getNamed(metricsName(id, run))) };
}
