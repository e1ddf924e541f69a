import type { CurvePoint } from './curve.ts';
import { quantile } from './quantile.ts';

/** What the loops of one variant have reached after an iteration, over its seeds. */
export interface MiddlePoint {
  readonly iteration: number;
  /** Median number of labelled frames. */
  readonly frames: number;
  /** Median over the seeds of the mean Dice. */
  readonly dice: number;
  /** Quartiles of the same: half of the loops lie between them. */
  readonly lower: number;
  readonly upper: number;
  /** Loops that were measured here. */
  readonly seeds: number;
}

/**
 * The middle course of a variant, iteration by iteration. Only iterations that every loop of it was measured after, so that no
 * loop that ended early bends the curve.
 */
export function middleCurve(points: readonly CurvePoint[], variant: string): readonly MiddlePoint[] {
  const own = points.filter((point) => point.variant === variant);
  const seeds = new Set(own.map(({ seed }) => seed)).size;
  const iterations = [...new Set(own.map(({ iteration }) => iteration))].toSorted((a, b) => a - b);
  return iterations.flatMap((iteration) => {
    const measured = own.filter((point) => point.iteration === iteration && point.dice !== null);
    if (measured.length < seeds) return [];
    const dice = measured.map((point) => point.dice ?? 0);
    const frames = quantile(
      measured.map((point) => point.frames),
      0.5,
    );
    const [lower, middle, upper] = [quantile(dice, 0.25), quantile(dice, 0.5), quantile(dice, 0.75)];
    return [{ iteration, frames, dice: middle, lower, upper, seeds }];
  });
}
