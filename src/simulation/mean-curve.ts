import type { CurvePoint } from './curve.ts';

/** What the loops of one variant have reached after an iteration, over its seeds. */
export interface MeanPoint {
  readonly iteration: number;
  /** Mean number of labelled frames. */
  readonly frames: number;
  readonly dice: number;
  readonly least: number;
  readonly most: number;
  /** Loops that were measured here. */
  readonly seeds: number;
}

/**
 * The mean course of a variant, iteration by iteration. Only iterations that every loop of it was measured after, so that no
 * loop that ended early bends the curve.
 */
export function meanCurve(points: readonly CurvePoint[], variant: string): readonly MeanPoint[] {
  const own = points.filter((point) => point.variant === variant);
  const seeds = new Set(own.map(({ seed }) => seed)).size;
  const iterations = [...new Set(own.map(({ iteration }) => iteration))].toSorted((a, b) => a - b);
  return iterations.flatMap((iteration) => {
    const measured = own.filter((point) => point.iteration === iteration && point.dice !== null);
    if (measured.length < seeds) return [];
    const dice = measured.map((point) => point.dice ?? 0);
    return [
      {
        iteration,
        frames: mean(measured.map(({ frames }) => frames)),
        dice: mean(dice),
        least: Math.min(...dice),
        most: Math.max(...dice),
        seeds,
      },
    ];
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
