import type { LoopPoint } from '../contracts/stop-rules.ts';
import type { SimulatedRun } from './variant.ts';

/** One iteration of a simulated loop. */
export interface CurvePoint {
  readonly variant: string;
  readonly seed: number;
  /** From 1. */
  readonly iteration: number;
  /** Frames that were labelled in this iteration and those before. */
  readonly frames: number;
  /** Mean Dice of the published model on the held-out frames; null where it was not measured. */
  readonly dice: number | null;
  /** Mean Dice of pre-annotations and labels; null without pre-annotations. */
  readonly agreement: number | null;
  /** Share of the pre-annotated and labelled pixels that differ; null without pre-annotations. */
  readonly corrections: number | null;
}

/** The points of a loop as those of a curve over the frames labelled so far. */
export function curveOf({ variant, seed }: SimulatedRun, points: readonly LoopPoint[]): readonly CurvePoint[] {
  let frames = 0;
  return points.map((point) => {
    frames += point.frames;
    const { number: iteration, dice, agreement, corrections } = point;
    return { variant: variant.name, seed, iteration, frames, dice, agreement, corrections };
  });
}

/** The points of a loop that was simulated before, under the name that its variant has now. */
export function namedCurve(
  { variant, seed }: SimulatedRun,
  points: readonly Omit<CurvePoint, 'variant' | 'seed'>[],
): readonly CurvePoint[] {
  return points.map((point) => ({ ...point, variant: variant.name, seed }));
}
