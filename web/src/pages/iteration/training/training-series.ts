import type { MetricPoint } from '../../../../../src/contracts/training.ts';

/** A point of the learning curve. */
export interface CurvePoint {
  /** Position on the axis: the epoch; after a restart, when epochs count anew, they go on to the right here. */
  readonly place: number;
  /** As the trainer counts. */
  readonly epoch: number;
  readonly metric: number | null;
  readonly best: number | null;
}

/** The learning curve of a training: points in the order in which they were seen, each epoch of a process once. Epochs that nobody saw leave a gap. */
export function trainingSeries(points: readonly MetricPoint[]): readonly CurvePoint[] {
  const seen = new Map<string, MetricPoint>();
  for (const point of points) seen.set(`${point.run} ${point.epoch}`, point);
  const curve: CurvePoint[] = [];
  let run: number | null = null;
  let before = 0;
  for (const point of seen.values()) {
    if (point.run !== run) before = curve.at(-1)?.place ?? 0;
    run = point.run;
    const { epoch, metric, best } = point;
    curve.push({ place: before + epoch, epoch, metric, best });
  }
  return curve;
}

/** True if the trainer began anew, so that the curve has more than one part. */
export function hasRestarted(points: readonly MetricPoint[]): boolean {
  return new Set(points.map(({ run }) => run)).size > 1;
}
