/** Square of the Euclidean distance of two vectors of the same length. */
function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at]! - b[at]!) ** 2;
  return sum;
}

/** A vector that was chosen. */
export interface Centre {
  /** Its place among the points. */
  readonly index: number;
  /** How far it was from the nearest centre when it was chosen; infinite for the very first. */
  readonly distance: number;
}

/**
 * Chooses points far from the centres there are and from each other: always the one that is farthest from its nearest centre
 * (the greedy k-centre of Gonzalez 1985; for active learning Sener and Savarese 2018). Of equally far ones the first.
 *
 * @param points, centres vectors of one length; without centres the first point is the first choice
 * @param count how many to choose, at most as many as there are points
 * @returns distances that never grow
 */
export function chooseCentres(
  points: readonly Float32Array[],
  centres: readonly Float32Array[],
  count: number,
): readonly Centre[] {
  const nearest = Float64Array.from(points, () => Infinity);
  const approach = (centre: Float32Array): void => {
    for (const [at, point] of points.entries()) nearest[at] = Math.min(nearest[at]!, squaredDistance(point, centre));
  };
  for (const centre of centres) approach(centre);
  const chosen: Centre[] = [];
  const left = new Set(points.keys());
  while (chosen.length < count && left.size > 0) {
    let best = -1;
    for (const at of left) if (best < 0 || nearest[at]! > nearest[best]!) best = at;
    chosen.push({ index: best, distance: Math.sqrt(nearest[best]!) });
    left.delete(best);
    approach(points[best]!);
  }
  return chosen;
}
