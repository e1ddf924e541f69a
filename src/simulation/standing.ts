import type { CurvePoint } from './curve.ts';
import { middleCurve, type MiddlePoint } from './middle-curve.ts';

/** How far a variant has come. */
export interface Standing {
  readonly variant: string;
  readonly iterations: number;
  /** Where its median Dice is highest, with the fewest frames; null where nothing was measured. */
  readonly best: MiddlePoint | null;
  readonly last: MiddlePoint | null;
}

/** The variants in the order of their best median Dice; of equal ones the one with fewer frames comes first. */
export function standings(points: readonly CurvePoint[]): readonly Standing[] {
  const variants = [...new Set(points.map(({ variant }) => variant))];
  return variants
    .map((variant) => {
      const curve = middleCurve(points, variant);
      return { variant, iterations: curve.length, best: bestOf(curve), last: curve.at(-1) ?? null };
    })
    .toSorted((a, b) => (b.best?.dice ?? -1) - (a.best?.dice ?? -1) || (a.best?.frames ?? 0) - (b.best?.frames ?? 0));
}

function bestOf(curve: readonly MiddlePoint[]): MiddlePoint | null {
  return curve.reduce<MiddlePoint | null>(
    (best, point) => (best === null || point.dice > best.dice ? point : best),
    null,
  );
}
