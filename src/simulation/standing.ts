import type { CurvePoint } from './curve.ts';
import { meanCurve, type MeanPoint } from './mean-curve.ts';

/** How far a variant has come. */
export interface Standing {
  readonly variant: string;
  readonly iterations: number;
  /** Where its mean Dice is highest, with the fewest frames; null where nothing was measured. */
  readonly best: MeanPoint | null;
  readonly last: MeanPoint | null;
}

/** The variants in the order of their best mean Dice; of equal ones the one with fewer frames comes first. */
export function standings(points: readonly CurvePoint[]): readonly Standing[] {
  const variants = [...new Set(points.map(({ variant }) => variant))];
  return variants
    .map((variant) => {
      const curve = meanCurve(points, variant);
      return { variant, iterations: curve.length, best: bestOf(curve), last: curve.at(-1) ?? null };
    })
    .toSorted((a, b) => (b.best?.dice ?? -1) - (a.best?.dice ?? -1) || (a.best?.frames ?? 0) - (b.best?.frames ?? 0));
}

function bestOf(curve: readonly MeanPoint[]): MeanPoint | null {
  return curve.reduce<MeanPoint | null>(
    (best, point) => (best === null || point.dice > best.dice ? point : best),
    null,
  );
}
