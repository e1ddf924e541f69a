import type { MetricPoint } from '../../../../../src/contracts/training.ts';

/** A point of the learning curve. */
export interface CurvePoint {
  /** Position on the axis, from 1: after a restart epochs count anew, and go on to the right here. */
  readonly place: number;
  /** As the trainer counts. */
  readonly epoch: number;
  readonly metric: number | null;
  readonly best: number | null;
}

/** The learning curve of a training: points in the order in which they were seen, each epoch of a process once. */
export function trainingSeries(points: readonly MetricPoint[]): readonly CurvePoint[] {
  const seen = new Map<string, MetricPoint>();
  for (const point of points) seen.set(`${point.run} ${point.epoch}`, point);
  return [...seen.values()].map(({ epoch, metric, best }, at) => ({ place: at + 1, epoch, metric, best }));
}

/** True if the trainer began anew, so that the curve has more than one part. */
export function hasRestarted(points: readonly MetricPoint[]): boolean {
  return new Set(points.map(({ run }) => run)).size > 1;
}
