import { metricsName } from '../../contracts/ids.ts';
import type { MetricPoint, MetricsRef } from '../../contracts/training.ts';
import { readMetricPoints } from '../../storage/metric-points.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { TrainStats } from '../../contracts/trainer-reports.ts';

/** The file is written as a whole; more than this would say no more to a plot. */
const MAX_POINTS = 2000;
const WRITE_EVERY_MS = 5000;

/** The course of one training, in memory and in the store. */
export interface MetricsFile {
  readonly points: () => readonly MetricPoint[];
  /** Notes an epoch that is not there yet; the store has it within seconds. */
  add(stats: TrainStats, now: Date): Promise<void>;
  /** Brings all of it into the store; null where no epoch was ever seen. */
  close(): Promise<MetricsRef | null>;
}

/** Every second of the older half, so that the newest epochs stay as they are. */
export function thinned(points: readonly MetricPoint[]): readonly MetricPoint[] {
  if (points.length <= MAX_POINTS) return points;
  const half = points.length >> 1;
  return points.filter((_, index) => index >= half || index % 2 === 0);
}

/** Opens the metrics of a run where an earlier try left them. Lines that cannot be read are left out. */
export async function openMetrics(store: ArtifactStore, id: string, runName: string): Promise<MetricsFile> {
  const name = metricsName(id, runName);
  let points = readMetricPoints(await store.getNamed(name));
  let written = points.length > 0 ? Date.now() : 0;
  const bytes = (): Uint8Array => Buffer.from(points.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return {
    points: () => points,
    add: async ({ startedAtSeconds: run, epoch, totalEpochs, metric, bestMetric: best }, now) => {
      if (points.some((known) => known.run === run && known.epoch >= epoch)) return;
      points = thinned([...points, { at: now.toISOString(), run, epoch, totalEpochs, metric, best }]);
      if (now.getTime() - written < WRITE_EVERY_MS) return;
      written = now.getTime();
      await store.putNamed(name, bytes());
    },
    close: async () => {
      if (points.length === 0) return null;
      await store.putNamed(name, bytes());
      return { name, file: await store.put(bytes()), points: points.length };
    },
  };
}
